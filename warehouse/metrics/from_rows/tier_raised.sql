-- What does the metric tier_raised come to, counted from the rows up to a basis and not from the rollups?
WITH span AS (
    SELECT p.period, p.starts_on, least(p.ends_on, CAST($as_of AS DATE)) AS cut
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), placed AS MATERIALIZED (
    SELECT k.cut, k.member_id, t.place
    FROM member_tier_on_each((SELECT list_concat(list(e.starts_on), list(e.cut)) FROM span AS e), $contract, $members_until) AS k
    JOIN contract_tier AS t ON t.sha256 = $contract AND t.tier = k.tier
), classed AS (
    SELECT s.period, a.member_id, a.place AS place_before, z.place AS place_after
    FROM span AS s
    JOIN placed AS a ON a.cut = s.starts_on
    JOIN placed AS z ON z.cut = s.cut AND z.member_id = a.member_id
)
SELECT s.period, '' AS segment, count(c.member_id) AS opening,
       count(CASE WHEN c.place_after > c.place_before THEN 1 END) AS closing,
       100.0 * count(CASE WHEN c.place_after > c.place_before THEN 1 END) / nullif(count(c.member_id), 0) AS value
FROM span AS s
LEFT JOIN classed AS c ON c.period = s.period
GROUP BY s.period;
