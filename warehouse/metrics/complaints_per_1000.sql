-- id: complaints_per_1000
-- title: {en: 'Complaints per 1,000 members', zh: 每千名会员投诉数}
-- kind: census
-- census: flow
-- unit: per_1000
-- direction: lower
-- section: service
-- clause: {en: Complaints handled and quality raised, zh: 投诉处理与质量提升}
-- words:
--   en: Complaints and crises received in the period, for every 1,000 members at its start. While the period runs, those
--     received so far.
--   zh: 周期内受理的投诉与危机个案数，按周期初每千名会员计算。周期进行中为截至目前的数量。
WITH at_start AS (
    SELECT p.period, coalesce(sum(CASE WHEN d.step = 'left' THEN -d.n ELSE d.n END), 0) AS number
    FROM contract_period AS p
    LEFT JOIN member_day AS d ON d.day < p.starts_on AND d.day < $as_of
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period
), complaints AS (
    SELECT p.period, count(c.place) AS number
    FROM contract_period AS p
    LEFT JOIN service_now AS c ON c.category IN ('complaint', 'crisis')
        AND c.received_day >= p.starts_on AND c.received_day < p.ends_on AND c.received_day < $as_of
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period
)
SELECT s.period, '' AS segment, CAST(s.number AS BIGINT) AS opening, k.number AS closing,
       CASE WHEN s.number > 0 THEN 1000.0 * k.number / s.number END AS value
FROM at_start AS s
JOIN complaints AS k ON k.period = s.period;
