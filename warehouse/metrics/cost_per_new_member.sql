-- id: cost_per_new_member
-- title: {en: Cost per new member, zh: 每名新会员成本}
-- kind: census
-- census: level
-- unit: money
-- direction: lower
-- section: growth
-- clause: {en: Members recruited and grown, zh: 会员招募与增长}
-- words:
--   en: What the campaigns that ended in the period cost, divided by the new members they brought, in the contract's currency.
--   zh: 周期内结束的推广活动的总费用除以其带来的新会员人数，以合同货币计。
SELECT p.period, '' AS segment, count(c.record_id) AS opening, CAST(coalesce(sum(c.new_members), 0) AS BIGINT) AS closing,
       CAST(sum(c.cost) / nullif(sum(c.new_members), 0) AS DOUBLE) AS value
FROM contract_period AS p
LEFT JOIN campaign_until($records_until) AS c
    ON c.ended_on >= p.starts_on AND c.ended_on < p.ends_on AND c.ended_on < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
