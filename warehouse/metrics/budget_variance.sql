-- id: budget_variance
-- title: {en: "Budget variance", zh: 预算偏差}
-- kind: census
-- census: level
-- unit: money
-- direction: lower
-- section: money
-- clause: {en: "Budgets and expenses", zh: 预算与支出}
-- words:
--   en: What was spent on the budget lines of the period, less what was planned for them, in the contract's currency;
--     above 0 is overspent. A line without an amount spent counts as not spent.
--   zh: 周期内各预算项目的实际支出减去预算金额，以合同货币计；大于 0 即为超支。未填支出的项目按未支出计。
SELECT p.period, '' AS segment, CAST(coalesce(sum(b.planned), 0) AS BIGINT) AS opening,
       CAST(coalesce(sum(b.spent), 0) AS BIGINT) AS closing,
       CAST(sum(coalesce(b.spent, 0) - b.planned) AS DOUBLE) AS value
FROM contract_period AS p
LEFT JOIN budget_line_until($records_until) AS b
    ON b.booked_on >= p.starts_on AND b.booked_on < p.ends_on AND b.booked_on < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
