-- id: refunds_paid
-- title: {en: "Refunds paid", zh: 已退款金额}
-- kind: census
-- census: flow
-- unit: money
-- direction: lower
-- section: money
-- clause: {en: "Remedy or refund", zh: 补救或退款}
-- words:
--   en: What was refunded in the period, in the contract's currency, by the day on which it was paid.
--   zh: 周期内实际退款的合计金额，以付款日期归入周期，以合同货币计。
SELECT p.period, '' AS segment, 0 AS opening, count(m.record_id) AS closing, CAST(coalesce(sum(m.amount), 0) AS DOUBLE) AS value
FROM contract_period AS p
LEFT JOIN payment_until($records_until) AS m
    ON m.what = 'refund' AND m.paid_on >= p.starts_on AND m.paid_on < p.ends_on AND m.paid_on < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
