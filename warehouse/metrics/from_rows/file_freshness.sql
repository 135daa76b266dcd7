-- What does the metric file_freshness come to, counted from the rows up to a basis and not from the rollups?
WITH span AS (
    SELECT p.period, least(p.ends_on, CAST($as_of AS DATE)) AS cut
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), inside AS (
    -- A member's steps add up to 1 while they are a member.
    SELECT s.period, s.cut, m.member_id
    FROM span AS s
    JOIN member_step_until($members_until) AS m ON m.day < s.cut
    GROUP BY s.period, s.cut, m.member_id
    HAVING sum(CASE WHEN m.step = 'left' THEN -1 ELSE 1 END) > 0
), filed AS (
    SELECT i.period, i.cut, i.member_id, max(f.recorded_at) AS kept_at
    FROM inside AS i
    LEFT JOIN member AS f ON f.member_id = i.member_id AND f.recorded_at <= $members_until AND f.recorded_at < i.cut
    GROUP BY i.period, i.cut, i.member_id
), judged AS (
    SELECT f.period, count(*) AS asked, count(CASE WHEN f.kept_at >= f.cut - INTERVAL 365 DAY THEN 1 END) AS good
    FROM filed AS f
    GROUP BY f.period
)
SELECT s.period, '' AS segment, CAST(coalesce(j.asked, 0) AS BIGINT) AS opening,
       CAST(coalesce(j.good, 0) AS BIGINT) AS closing, 100.0 * j.good / nullif(j.asked, 0) AS value
FROM span AS s
LEFT JOIN judged AS j ON j.period = s.period;
