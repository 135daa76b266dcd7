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
    SELECT s.period, CAST(coalesce(sum(d.n), 0) AS BIGINT) AS opening,
           CAST(coalesce(sum(CASE WHEN d.tier = $tier THEN d.n END), 0) AS BIGINT) AS closing
    FROM span AS s
    LEFT JOIN tier_day AS d ON d.day < s.cut
        -- A contract without bars knows stated classes alone: those are the same by any bars.
        AND d.rules = (SELECT max_by(k.rules, k.sha256) FROM tier_rules AS k WHERE k.sha256 IN ($contract, ''))
    GROUP BY s.period
)
SELECT h.period, '' AS segment, h.opening, h.closing,
       CASE WHEN h.opening > 0 THEN 100.0 * h.closing / h.opening END AS value
FROM held AS h;
