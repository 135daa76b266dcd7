-- What does the metric complaints_per_1000 come to, counted from the rows up to a basis and not from the rollups?
WITH at_start AS (
    SELECT p.period, coalesce(sum(CASE e.step WHEN 'left' THEN -1 WHEN 'joined' THEN 1 WHEN 'returned' THEN 1 END), 0) AS number
    FROM contract_period AS p
    LEFT JOIN member_step_until($members_until) AS e ON e.day < p.starts_on AND e.day < $as_of
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period
), complaints AS (
    SELECT p.period, count(c.record_id) AS number
    FROM contract_period AS p
    LEFT JOIN service_case_until($records_until) AS c ON c.category IN ('complaint', 'crisis')
        AND c.received_day >= p.starts_on AND c.received_day < p.ends_on AND c.received_day < $as_of
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period
)
SELECT s.period, '' AS segment, CAST(s.number AS BIGINT) AS opening, k.number AS closing,
       CASE WHEN s.number > 0 THEN 1000.0 * k.number / s.number END AS value
FROM at_start AS s
JOIN complaints AS k ON k.period = s.period;
