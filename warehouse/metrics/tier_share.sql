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
), held AS (
    SELECT s.period, count(c.member_id) AS opening, count(CASE WHEN c.tier = $tier THEN 1 END) AS closing
    FROM span AS s
    LEFT JOIN member_tier_on_each((SELECT list(e.cut) FROM span AS e), $contract, $members_until) AS c
        ON c.cut = s.cut AND c.is_member
    GROUP BY s.period
)
SELECT h.period, '' AS segment, h.opening, h.closing,
       CASE WHEN h.opening > 0 THEN 100.0 * h.closing / h.opening END AS value
FROM held AS h;
