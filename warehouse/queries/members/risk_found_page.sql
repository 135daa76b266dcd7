-- Which $limit from the $offset-th on were found to be at risk, of those with a bit of $bits?
SELECT f.member_id, f.channel, f.deals, f.spent, f.bought_on, f.marks, f.tier
FROM risk_found AS f
WHERE f.marks & $bits > 0
ORDER BY bit_count(f.marks) DESC, f.spent DESC, f.key
LIMIT $limit OFFSET $offset;
