-- id: budget_spent
-- title: {en: Budget spent, zh: 预算执行率}
-- kind: census
-- census: flow
-- unit: percent
-- direction: lower
-- section: money
-- clause: {en: Budgets and expenses, zh: 预算与支出}
-- words:
--   en: What was spent on the budget lines of the period, as a share of what was planned for them; above 100 % is overspent.
--   zh: 周期内各预算项目的实际支出占预算金额的比例；超过 100% 即为超支。
SELECT p.period, '' AS segment, CAST(coalesce(sum(b.planned), 0) AS BIGINT) AS opening,
       CAST(coalesce(sum(b.spent), 0) AS BIGINT) AS closing,
       CAST(100 * coalesce(sum(b.spent), 0) / nullif(sum(b.planned), 0) AS DOUBLE) AS value
FROM contract_period AS p
LEFT JOIN budget_line_until($records_until) AS b
    ON b.booked_on >= p.starts_on AND b.booked_on < p.ends_on AND b.booked_on < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
