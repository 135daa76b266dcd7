-- id: payments_on_time
-- title: {en: "Payments made on time", zh: 付款及时率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: money
-- clause: {en: "Fees and their payment", zh: 费用与付款}
-- words:
--   en: Of the fees, shares of the mediator's fee and refunds due in the period, by number, the share paid on the day
--     or before; open and late ones are missed.
--   zh: 周期内到期的服务费、调解费分担与退款（按笔数）中，按期或提前付清的比例；未付和逾期付清的计为未及时。
SELECT p.period, '' AS segment, count(m.record_id) AS opening, count(CASE WHEN m.paid_on <= m.due_on THEN 1 END) AS closing,
       100.0 * count(CASE WHEN m.paid_on <= m.due_on THEN 1 END) / nullif(count(m.record_id), 0) AS value
FROM contract_period AS p
LEFT JOIN payment_until($records_until) AS m
    ON m.due_on >= p.starts_on AND m.due_on < p.ends_on AND (m.due_on < $today OR m.due_on < $as_of AND m.paid_on < $as_of)
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
