-- id: tier_share
-- title: {en: Members of a tier, zh: 会员等级占比}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- clause: {en: Customer classification, zh: 客户分类}
-- words:
--   en: Of the members at the end of the period, the share whose tier is the one that the contract names. While the
--     period runs, its end is the day of the figures.
--   zh: 周期末的会员中，处于合同所指会员等级的比例。周期进行中以数据截止日作为期末。
WITH balance AS (
    -- A member's steps add up to 1 while they are a member; the tier is the last that was given.
    SELECT p.period, e.member_id,
           sum(CASE WHEN e.event = 'left' THEN -1 WHEN e.event IN ('joined', 'returned') THEN 1 ELSE 0 END) AS steps,
           max_by(e.tier, e.happened_at) FILTER (WHERE e.tier IS NOT NULL) AS last_tier
    FROM contract_period AS p
    JOIN member_event AS e ON e.day < p.ends_on AND e.day < $as_of AND e.recorded_at <= $members_until
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period, e.member_id
), held AS (
    SELECT p.period, count(b.member_id) AS opening, count(CASE WHEN b.last_tier = $tier THEN 1 END) AS closing
    FROM contract_period AS p
    LEFT JOIN balance AS b ON b.period = p.period AND b.steps > 0
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period
)
SELECT h.period, '' AS segment, h.opening, h.closing,
       CASE WHEN h.opening > 0 THEN 100.0 * h.closing / h.opening END AS value
FROM held AS h;
