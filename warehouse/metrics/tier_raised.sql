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
), risen AS (
    -- Periods begin and end on the first of a month, or end for now on the day of the figures: what happens on a day counts
    -- from the next of these on.
    SELECT r.anchor, r.kind, CASE WHEN r.day < $as_of THEN least(month_after(r.day), CAST($as_of AS DATE)) END AS counts_from,
           sum(r.n) AS n
    FROM tier_rise AS r
    WHERE r.rules = (SELECT k.rules FROM tier_rules AS k WHERE k.sha256 = $contract)
    GROUP BY ALL
), classed AS (
    SELECT s.period, CAST(coalesce(sum(CASE WHEN r.kind = 'there' THEN r.n END), 0) AS BIGINT) AS opening,
           CAST(coalesce(sum(CASE WHEN r.kind = 'raised' THEN r.n END), 0) AS BIGINT) AS closing
    FROM span AS s
    LEFT JOIN risen AS r ON r.anchor <= s.starts_on AND r.counts_from <= s.cut
    GROUP BY s.period
)
SELECT c.period, '' AS segment, c.opening, c.closing, 100.0 * c.closing / nullif(c.opening, 0) AS value
FROM classed AS c;
