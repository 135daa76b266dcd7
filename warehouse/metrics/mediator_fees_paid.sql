-- id: mediator_fees_paid
-- title: {en: "Mediator's fees paid", zh: 已付调解费}
-- kind: census
-- census: flow
-- unit: money
-- direction: lower
-- section: mediation
-- clause: {en: "Fees of the mediator, shared", zh: 调解费用分担}
-- words:
--   en: What both parties paid of the mediator's fees in the period, in the contract's currency, by the day on which it
--     was paid.
--   zh: 周期内双方实际支付的调解费分担合计金额，以付款日期归入周期，以合同货币计。
SELECT p.period, '' AS segment, 0 AS opening, count(m.record_id) AS closing, CAST(coalesce(sum(m.amount), 0) AS DOUBLE) AS value
FROM contract_period AS p
LEFT JOIN payment_until($records_until) AS m
    ON m.what = 'mediator_fee' AND m.paid_on >= p.starts_on AND m.paid_on < p.ends_on AND m.paid_on < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
