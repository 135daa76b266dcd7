-- id: file_validity
-- title: {en: Customer files valid, zh: 客户资料有效率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: files
-- clause: {en: Customer files, zh: 客户信息管理}
-- words:
--   en: Of the phones, e-mail addresses and birthdays that the register states of the members at the end of the period, the share
--     that can be ones (a phone of 7 to 15 digits, an address with a domain, a day from 1900 on that is not to come). While
--     the period runs, its end is the day of the figures.
--   zh: 周期末会员名册所载的电话、邮箱与生日中，格式有效的比例：电话为 7 至 15 位数字，邮箱含域名，生日为 1900 年以来且不晚于截止日的日期。周期进行中以数据截止日作为期末。
WITH span AS (
    SELECT p.period, least(p.ends_on, CAST($as_of AS DATE)) AS cut
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), judged AS (
    SELECT s.period, coalesce(sum(CASE WHEN d.fact IN ('phone', 'email', 'birthday') THEN d.n END), 0) AS asked,
           coalesce(sum(CASE WHEN d.fact IN ('phone fits', 'email fits', 'birthday fits') THEN d.n END), 0) AS good
    FROM span AS s
    LEFT JOIN file_day AS d ON d.day < s.cut
    GROUP BY s.period
)
SELECT j.period, '' AS segment, CAST(coalesce(j.asked, 0) AS BIGINT) AS opening,
       CAST(coalesce(j.good, 0) AS BIGINT) AS closing, 100.0 * j.good / nullif(j.asked, 0) AS value
FROM judged AS j;
