-- Writes who was found to be at risk in order, each with how many have which reason up to there.
INSERT INTO risk_list
SELECT row_number() OVER (), f.key, f.member_id, f.channel, f.deals, f.spent, f.bought_on, f.marks, f.tier,
       sum(f.marks & 1) OVER so_far, sum((f.marks >> 1) & 1) OVER so_far, sum((f.marks >> 2) & 1) OVER so_far,
       sum((f.marks >> 3) & 1) OVER so_far, sum((f.marks >> 4) & 1) OVER so_far
FROM (SELECT r.* FROM risk_found AS r ORDER BY bit_count(r.marks) DESC, r.spent DESC, r.key) AS f
WINDOW so_far AS (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW);
