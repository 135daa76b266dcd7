-- id: tier_share
-- title: {en: Members of a tier, zh: 会员等级占比}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
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
), stated AS (
    SELECT s.period, h.member_id, max_by(coalesce(h.tier, ''), h.happened_at) AS said
    FROM span AS s
    JOIN member_history_until($members_until) AS h ON h.event = 'tier' AND h.day < s.cut
    GROUP BY s.period, h.member_id
), reached AS (
    SELECT b.period, b.member_id, max_by(b.tier, b.place) AS derived
    FROM (
        SELECT s.period, h.member_id, t.place, t.tier
        FROM span AS s
        JOIN contract_tier AS t ON t.sha256 = $contract
        JOIN member_history_until($members_until) AS h
          ON h.event = 'purchase' AND h.day < s.cut AND (t.within_days IS NULL OR h.day >= s.cut - t.within_days)
        GROUP BY s.period, h.member_id, t.place, t.tier, t.min_deals, t.min_amount
        HAVING count(*) >= t.min_deals OR sum(h.amount) >= t.min_amount
    ) AS b
    GROUP BY b.period, b.member_id
), held AS (
    SELECT s.period, count(i.member_id) AS opening,
           count(CASE WHEN coalesce(nullif(d.said, ''), r.derived, f.tier) = $tier THEN 1 END) AS closing
    FROM span AS s
    LEFT JOIN inside AS i ON i.period = s.period
    LEFT JOIN stated AS d ON d.period = i.period AND d.member_id = i.member_id
    LEFT JOIN reached AS r ON r.period = i.period AND r.member_id = i.member_id
    -- The first class asks for nothing: whoever reaches no other is in it.
    LEFT JOIN contract_tier AS f ON f.sha256 = $contract AND f.place = 1
    GROUP BY s.period
)
SELECT h.period, '' AS segment, h.opening, h.closing,
       CASE WHEN h.opening > 0 THEN 100.0 * h.closing / h.opening END AS value
FROM held AS h;
