-- id: tier_share
-- title: {en: Members of a tier, zh: 会员等级占比}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: growth
-- clause: {en: Customer classification, zh: 客户分类}
-- words:
--   en: Of the members at the end of the period, the share whose tier is the one that the contract names. The tier follows
--     from deals and amounts by the contract's bars, unless the register or the operator has stated another. While the
--     period runs, its end is the day of the figures.
--   zh: 周期末的会员中，处于合同所指会员等级的比例。等级依合同约定的成交次数与金额标准得出；会员名册或运营人员另行指定的，以指定为准。周期进行中以数据截止日作为期末。
WITH span AS (
    SELECT p.period, least(p.ends_on, CAST($as_of AS DATE)) AS cut
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), inside AS (
    -- A member's steps add up to 1 while they are a member.
    SELECT s.period, m.member_id
    FROM span AS s
    JOIN member_step_until($members_until) AS m ON m.day < s.cut
    GROUP BY s.period, m.member_id
    HAVING sum(CASE WHEN m.step = 'left' THEN -1 ELSE 1 END) > 0
), classed AS (
    SELECT s.period, c.member_id, c.tier
    FROM span AS s, LATERAL (SELECT k.member_id, k.tier FROM member_tier_on(s.cut, $contract, $members_until) AS k) AS c
), held AS (
    SELECT s.period, count(i.member_id) AS opening, count(CASE WHEN c.tier = $tier THEN 1 END) AS closing
    FROM span AS s
    LEFT JOIN inside AS i ON i.period = s.period
    LEFT JOIN classed AS c ON c.period = i.period AND c.member_id = i.member_id
    GROUP BY s.period
)
SELECT h.period, '' AS segment, h.opening, h.closing,
       CASE WHEN h.opening > 0 THEN 100.0 * h.closing / h.opening END AS value
FROM held AS h;
