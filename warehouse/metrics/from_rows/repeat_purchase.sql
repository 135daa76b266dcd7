-- What does the metric repeat_purchase come to, counted from the rows up to a basis and not from the rollups?
WITH bought AS (
    SELECT p.period, e.member_id, count(*) AS deals, max(e.day) AS latest, min(p.starts_on) AS starts_on
    FROM contract_period AS p
    JOIN member_history_until($members_until) AS e ON e.event = 'purchase' AND e.day < p.ends_on AND e.day < $as_of
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period, e.member_id
), buyers AS (
    SELECT p.period, count(b.member_id) AS opening, count(CASE WHEN b.deals >= 2 THEN 1 END) AS closing
    FROM contract_period AS p
    LEFT JOIN bought AS b ON b.period = p.period AND b.latest >= b.starts_on
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period
)
SELECT y.period, '' AS segment, y.opening, y.closing,
       CASE WHEN y.opening > 0 THEN 100.0 * y.closing / y.opening END AS value
FROM buyers AS y;
