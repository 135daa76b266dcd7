-- id: case_handling_satisfied
-- title: {en: "Satisfied with the handling of cases", zh: 个案处理满意率}
-- kind: share
-- unit: percent
-- direction: higher
-- section: service
-- clause: {en: "Complaints handled and quality raised", zh: 投诉处理与质量提升}
-- words:
--   en: Of the cases received in the period and resolved by now whose customer rated the handling, the share with 4 or
--     5 of 5. Who rated it stands for all; where every one did, nothing was sampled.
--   zh: 周期内受理且已办结、并由客户评分的个案中，评分为 4 分或 5 分（满分 5 分）的比例。评分者代表全体；全部评分的，按全数统计。
SELECT p.period, '' AS segment, count(c.handling_score) AS n, count(CASE WHEN c.handling_score >= 4 THEN 1 END) AS successes,
       count(c.place) AS asked
FROM contract_period AS p
LEFT JOIN service_now AS c
    ON c.received_day >= p.starts_on AND c.received_day < p.ends_on AND c.received_day < $as_of
    AND c.resolved_day < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
