-- id: tier_raised
-- title: {en: Customers who rose in class, zh: 客户升级率}
-- kind: census
-- unit: percent
-- direction: higher
-- section: growth
-- clause: {en: Customer classification, zh: 客户分类}
-- words:
--   en: Of the customers there both at the start and at the end of the period, the share whose class at its end is a later one
--     in the contract's order. While the period runs, its end is the day of the figures.
--   zh: 周期初与周期末均在册的客户中，期末客户分类高于期初（按合同所列顺序）的比例。周期进行中以数据截止日作为期末。
WITH span AS (
    SELECT p.period, p.starts_on, least(p.ends_on, CAST($as_of AS DATE)) AS cut
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), placed AS MATERIALIZED (
    SELECT k.cut, k.member_id, t.place
    FROM member_tier_on_each((SELECT list_concat(list(e.starts_on), list(e.cut)) FROM span AS e), $contract, $members_until) AS k
    JOIN contract_tier AS t ON t.sha256 = $contract AND t.tier = k.tier
), classed AS (
    SELECT s.period, a.member_id, a.place AS place_before, z.place AS place_after
    FROM span AS s
    JOIN placed AS a ON a.cut = s.starts_on
    JOIN placed AS z ON z.cut = s.cut AND z.member_id = a.member_id
)
SELECT s.period, '' AS segment, count(c.member_id) AS opening,
       count(CASE WHEN c.place_after > c.place_before THEN 1 END) AS closing,
       100.0 * count(CASE WHEN c.place_after > c.place_before THEN 1 END) / nullif(count(c.member_id), 0) AS value
FROM span AS s
LEFT JOIN classed AS c ON c.period = s.period
GROUP BY s.period;
