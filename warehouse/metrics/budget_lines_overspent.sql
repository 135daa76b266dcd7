-- id: budget_lines_overspent
-- title: {en: "Budget lines overspent", zh: 超支预算项目数}
-- kind: census
-- census: flow
-- unit: count
-- direction: lower
-- section: money
-- clause: {en: "Budgets and expenses", zh: 预算与支出}
-- words:
--   en: How many budget lines of the period have more spent than planned, each a warning while the period runs.
--   zh: 周期内实际支出超过预算金额的项目数；周期进行中每一项即为一次超支预警。
SELECT p.period, '' AS segment, 0 AS opening, count(b.record_id) AS closing, count(b.record_id) AS value
FROM contract_period AS p
LEFT JOIN budget_line_until($records_until) AS b
    ON b.booked_on >= p.starts_on AND b.booked_on < p.ends_on AND b.booked_on < $as_of AND b.spent > b.planned
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
