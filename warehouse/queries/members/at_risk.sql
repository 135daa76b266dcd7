-- Who of the members is likely to go, and why, as of the local day $until: $limit of them from the $offset-th on, of those with the
-- reason $reason where one is asked for, and how many there are for each reason, in all and of those asked for. Also whose
-- renewal lapsed lately. Who bought without joining is no member. Of whom it is not sealed it was told before (risk_asked,
-- risk_found), as who is seen to be (risk_seen).
-- falling: bought less than half as often in the last 90 days as in the 90 before (two or more). silent: bought twice or
-- more, and nothing for 180 days. low_score: the last answer of 180 days was a detractor's or in the lower two grades.
-- complaint: a complaint or crisis is open. marks has a bit for each reason.
WITH seen AS (
    SELECT o.key, bit_or(o.mark) AS marks
    FROM (
        SELECT place_key(f.member_id) AS key, CAST(8 AS BIGINT) AS mark
        FROM falling_sealed AS f
        WHERE f.since <= CAST($until AS DATE) AND f.until >= CAST($until AS DATE)
        UNION ALL
        SELECT e.key, e.marks FROM risk_seen AS e
    ) AS o
    GROUP BY o.key
), stood AS (
    SELECT s.key, s.spent, s.inside,
           CASE WHEN s.lapsed_on IS NULL THEN 0 ELSE 1 END
           + CASE WHEN s.deals >= 2 AND s.bought_on < CAST($until AS DATE) - 180 THEN 16 ELSE 0 END AS marks
    FROM standing_sealed AS s
    ANTI JOIN risk_asked AS a ON a.key = s.key
    WHERE s.last_day < CAST($until AS DATE) AND (s.inside OR s.lapsed_on >= CAST($until AS DATE) - 180)
), found AS MATERIALIZED (
    -- Complaints and scores count of who is still a member.
    SELECT t.key, t.spent, FALSE AS is_told,
           CAST(t.marks | coalesce(o.marks & CASE WHEN t.inside THEN 14 ELSE 8 END, 0) AS BIGINT) AS marks
    FROM stood AS t
    LEFT JOIN seen AS o ON o.key = t.key
    WHERE t.marks > 0 OR coalesce(o.marks & CASE WHEN t.inside THEN 14 ELSE 8 END, 0) > 0
    UNION ALL
    SELECT r.key, r.spent, TRUE, r.marks FROM risk_found AS r
), whole AS (
    SELECT coalesce(sum(c.n), 0) AS members, coalesce(sum(c.n) FILTER (c.marks & 1 > 0), 0) AS lapsed,
           coalesce(sum(c.n) FILTER (c.marks & 2 > 0), 0) AS complaint,
           coalesce(sum(c.n) FILTER (c.marks & 4 > 0), 0) AS low_score,
           coalesce(sum(c.n) FILTER (c.marks & 8 > 0), 0) AS falling,
           coalesce(sum(c.n) FILTER (c.marks & 16 > 0), 0) AS silent
    FROM (SELECT f.marks, count(*) AS n FROM found AS f GROUP BY f.marks) AS c
), shown AS (
    SELECT f.key, f.marks, f.spent, f.is_told
    FROM found AS f
    WHERE f.marks & coalesce(CAST(1 AS BIGINT) << (list_position(['lapsed', 'complaint', 'low_score', 'falling', 'silent'], $reason) - 1), 31) > 0
    ORDER BY bit_count(f.marks) DESC, f.spent DESC, f.key
    LIMIT $limit OFFSET $offset
)
SELECT CAST(w.members AS BIGINT) AS members, CAST(w.lapsed AS BIGINT) AS lapsed, CAST(w.complaint AS BIGINT) AS complaint,
       CAST(w.low_score AS BIGINT) AS low_score, CAST(w.falling AS BIGINT) AS falling, CAST(w.silent AS BIGINT) AS silent,
       s.member_id, s.channel, s.deals, s.spent, s.bought_on, s.marks
FROM whole AS w
LEFT JOIN (
    SELECT h.key, h.marks, t.member_id, t.channel, t.deals, t.spent, t.bought_on
    FROM shown AS h
    JOIN standing_sealed AS t ON t.key = h.key
    WHERE NOT h.is_told
    UNION ALL
    SELECT h.key, h.marks, r.member_id, r.channel, r.deals, r.spent, r.bought_on
    FROM shown AS h
    JOIN risk_found AS r ON r.key = h.key
    WHERE h.is_told
) AS s ON TRUE
ORDER BY bit_count(s.marks) DESC, s.spent DESC, s.key;
