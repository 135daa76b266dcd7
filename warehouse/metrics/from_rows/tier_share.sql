-- What does the metric tier_share come to, counted from the rows up to a basis and not from the rollups?
WITH span AS (
    SELECT p.period, least(p.ends_on, CAST($as_of AS DATE)) AS cut
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), held AS (
    SELECT s.period, count(c.member_id) AS opening, count(CASE WHEN c.tier = $tier THEN 1 END) AS closing
    FROM span AS s
    LEFT JOIN member_tier_on_each((SELECT list(e.cut) FROM span AS e), $contract, $members_until) AS c
        ON c.cut = s.cut AND c.is_member
    GROUP BY s.period
)
SELECT h.period, '' AS segment, h.opening, h.closing,
       CASE WHEN h.opening > 0 THEN 100.0 * h.closing / h.opening END AS value
FROM held AS h;
