-- As members/at_risk, for any local day $until, from the rows; with the class of each, by the contract version $contract.
WITH told AS (
    SELECT h.member_id, h.event, h.happened_at, h.recorded_at, h.day, h.amount FROM member_history AS h WHERE h.day < $until
), last_said AS (
    SELECT t.member_id, max(t.day) AS said_on,
           max_by(t.event, ROW(t.happened_at, t.recorded_at, place_at_instant(t.event))) AS said
    FROM told AS t
    WHERE t.event IN ('joined', 'renewed', 'lapsed', 'left', 'returned')
    GROUP BY t.member_id
), bought AS (
    SELECT t.member_id, count(*) AS deals, sum(t.amount) AS spent, max(t.day) AS bought_on,
           count(CASE WHEN t.day >= CAST($until AS DATE) - 90 THEN 1 END) AS lately,
           count(CASE WHEN t.day < CAST($until AS DATE) - 90 AND t.day >= CAST($until AS DATE) - 180 THEN 1 END) AS early
    FROM told AS t
    WHERE t.event = 'purchase'
    GROUP BY t.member_id
), stood AS (
    SELECT l.member_id, coalesce(b.deals, 0) AS deals, coalesce(b.spent, 0) AS spent, b.bought_on,
           l.said = 'lapsed' AS lapsed, l.said <> 'lapsed' AS inside,
           coalesce(b.early >= 2 AND 2 * b.lately < b.early, FALSE) AS falling,
           coalesce(b.deals >= 2 AND b.bought_on < CAST($until AS DATE) - 180, FALSE) AS silent
    FROM last_said AS l
    LEFT JOIN bought AS b ON b.member_id = l.member_id
    WHERE l.said IN ('joined', 'renewed', 'returned') OR (l.said = 'lapsed' AND l.said_on >= CAST($until AS DATE) - 180)
), judged AS (
    SELECT place_key(t.member_id) AS key, t.member_id, t.deals, t.spent, t.bought_on,
           CASE WHEN t.lapsed THEN 1 ELSE 0 END
           + CASE WHEN t.inside AND t.member_id IN (SELECT c.member_id FROM complaining($until) AS c) THEN 2 ELSE 0 END
           + CASE WHEN t.inside AND t.member_id IN (SELECT l.member_id FROM low_scored($until) AS l) THEN 4 ELSE 0 END
           + CASE WHEN t.falling THEN 8 ELSE 0 END + CASE WHEN t.silent THEN 16 ELSE 0 END AS marks
    FROM stood AS t
), found AS MATERIALIZED (
    SELECT j.key, j.member_id, j.deals, CAST(j.spent AS DECIMAL(18, 2)) AS spent, j.bought_on, CAST(j.marks AS BIGINT) AS marks
    FROM judged AS j
    WHERE j.marks > 0
), whole AS (
    SELECT coalesce(sum(c.n), 0) AS members, coalesce(sum(c.n) FILTER (c.marks & 1 > 0), 0) AS lapsed,
           coalesce(sum(c.n) FILTER (c.marks & 2 > 0), 0) AS complaint,
           coalesce(sum(c.n) FILTER (c.marks & 4 > 0), 0) AS low_score,
           coalesce(sum(c.n) FILTER (c.marks & 8 > 0), 0) AS falling,
           coalesce(sum(c.n) FILTER (c.marks & 16 > 0), 0) AS silent
    FROM (SELECT f.marks, count(*) AS n FROM found AS f GROUP BY f.marks) AS c
), shown AS (
    SELECT f.*
    FROM found AS f
    WHERE f.marks & coalesce(CAST(1 AS BIGINT) << (list_position(['lapsed', 'complaint', 'low_score', 'falling', 'silent'], $reason) - 1), 31) > 0
    ORDER BY bit_count(f.marks) DESC, f.spent DESC, f.key
    LIMIT $limit OFFSET $offset
)
SELECT CAST(w.members AS BIGINT) AS members, CAST(w.lapsed AS BIGINT) AS lapsed, CAST(w.complaint AS BIGINT) AS complaint,
       CAST(w.low_score AS BIGINT) AS low_score, CAST(w.falling AS BIGINT) AS falling, CAST(w.silent AS BIGINT) AS silent,
       s.member_id, s.channel, s.deals, s.spent, s.bought_on, s.marks, s.tier
FROM whole AS w
LEFT JOIN (
    SELECT h.*, f.channel, k.tier
    FROM shown AS h
    LEFT JOIN member_file AS f ON f.member_id = h.member_id
    LEFT JOIN member_tier_on(CAST($until AS DATE), $contract, $known) AS k ON k.member_id = h.member_id
) AS s ON TRUE
ORDER BY bit_count(s.marks) DESC, s.spent DESC, s.key;
