-- Who was found to be at risk, those with most reasons first, then those who spent most; each beside how many they are.
SELECT (SELECT count(*) FROM risk_found) AS members, f.member_id, f.channel, f.deals, f.spent, f.bought_on, f.marks, f.tier
FROM risk_found AS f
ORDER BY bit_count(f.marks) DESC, f.spent DESC, f.key;
