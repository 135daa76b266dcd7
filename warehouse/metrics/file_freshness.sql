-- id: file_freshness
-- title: {en: Customer files kept up to date, zh: 客户资料更新率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: files
-- clause: {en: Customer files, zh: 客户信息管理}
-- words:
--   en: Of the members at the end of the period, the share whose file was entered or changed within the 365 days before it (days
--     in UTC). What was entered later makes no file fresh as of then. While the period runs, its end is the day of the figures.
--   zh: 周期末的会员中，档案在其前 365 天内录入或变更过的比例（日期按 UTC 计）。期末之后录入的内容不计入该周期。周期进行中以数据截止日作为期末。
WITH span AS (
    SELECT p.period, least(p.ends_on, CAST($as_of AS DATE)) AS cut
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), judged AS (
    SELECT s.period, sum(CASE WHEN d.fact = 'member' THEN d.n END) AS asked,
           coalesce(sum(CASE WHEN d.fact = 'fresh' THEN d.n END), 0) AS good
    FROM span AS s
    LEFT JOIN file_day AS d ON d.day < s.cut
    GROUP BY s.period
)
SELECT j.period, '' AS segment, CAST(coalesce(j.asked, 0) AS BIGINT) AS opening,
       CAST(coalesce(j.good, 0) AS BIGINT) AS closing, 100.0 * j.good / nullif(j.asked, 0) AS value
FROM judged AS j;
