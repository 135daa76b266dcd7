-- id: cost_per_registered_member
-- title: {en: "Cost per member registered", zh: 每名登记新会员成本}
-- kind: census
-- census: level
-- unit: money
-- direction: lower
-- section: growth
-- clause: {en: "Members recruited and grown", zh: 会员招募与增长}
-- words:
--   en: What the campaigns that ended in the period cost, divided by the members of the register who joined by the
--     campaign's channel on its days, in the contract's currency. A member counts once for each such campaign.
--   zh: 周期内结束的推广活动总费用，除以会员名册中在活动期间经该活动渠道入会的人数，以合同货币计；同一会员对每个此类活动各计一次。
WITH ended AS (
    SELECT p.period, c.record_id, c.cost, c.channel, c.started_on, c.ended_on
    FROM contract_period AS p
    JOIN campaign_until($records_until) AS c
        ON c.ended_on >= p.starts_on AND c.ended_on < p.ends_on AND c.ended_on < $as_of
    WHERE p.sha256 = $contract
), came AS (
    SELECT r.channel, r.day, sum(r.n) AS members FROM recruit AS r WHERE r.step = 'joined' GROUP BY r.channel, r.day
), joined AS (
    SELECT e.period, e.record_id, sum(m.members) AS members
    FROM ended AS e
    JOIN came AS m ON m.channel = e.channel AND m.day >= e.started_on AND m.day <= e.ended_on
    GROUP BY e.period, e.record_id
)
SELECT p.period, '' AS segment, count(e.record_id) AS opening, CAST(coalesce(sum(j.members), 0) AS BIGINT) AS closing,
       CAST(sum(e.cost) / nullif(sum(j.members), 0) AS DOUBLE) AS value
FROM contract_period AS p
LEFT JOIN ended AS e ON e.period = p.period
LEFT JOIN joined AS j ON j.period = e.period AND j.record_id = e.record_id
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
