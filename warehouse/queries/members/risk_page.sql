-- Which $limit from the $offset-th on are at risk, of those with a bit of $bits? From the rows of the list between the places, or numbers
-- for the reason, first and last of each, which hold them whatever came or went, and those beside it.
WITH before AS (
    -- So many that still hold stand before these rows.
    SELECT $first - 1 - count(*) AS n
    FROM risk_gone AS g
    WHERE g.marks & $bits > 0
      AND (g.place < $place_first OR g.lapsed < $lapsed_first OR g.complaint < $complaint_first OR g.low_score < $low_score_first
           OR g.falling < $falling_first OR g.silent < $silent_first)
), near AS (
    SELECT l.key, l.member_id, l.channel, l.deals, l.spent, l.bought_on, l.marks, l.tier
    FROM risk_list AS l
    ANTI JOIN risk_gone AS g ON g.place = l.place
    WHERE l.marks & $bits > 0 AND l.place BETWEEN $place_first AND $place_last AND l.lapsed BETWEEN $lapsed_first AND $lapsed_last
      AND l.complaint BETWEEN $complaint_first AND $complaint_last AND l.low_score BETWEEN $low_score_first AND $low_score_last
      AND l.falling BETWEEN $falling_first AND $falling_last AND l.silent BETWEEN $silent_first AND $silent_last
    UNION ALL
    SELECT c.key, c.member_id, c.channel, c.deals, c.spent, c.bought_on, c.marks, c.tier FROM risk_come AS c WHERE c.marks & $bits > 0
), placed AS (
    SELECT n.member_id, n.channel, n.deals, n.spent, n.bought_on, n.marks, n.tier,
           (SELECT b.n FROM before AS b) + row_number() OVER (ORDER BY bit_count(n.marks) DESC, n.spent DESC, n.key) AS place
    FROM near AS n
)
SELECT p.member_id, p.channel, p.deals, p.spent, p.bought_on, p.marks, p.tier
FROM placed AS p
WHERE p.place > $offset AND p.place <= $offset + $limit
ORDER BY p.place;
