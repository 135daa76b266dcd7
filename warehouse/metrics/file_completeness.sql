-- id: file_completeness
-- title: {en: Customer files complete, zh: 客户资料完整率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: files
-- clause: {en: Customer files, zh: 客户信息管理}
-- words:
--   en: Of the six basic data (name, phone, e-mail, birthday, gender, city) of the members at the end of the period, the share
--     that the register states, as known when the figures were counted. While the period runs, its end is the day of the
--     figures.
--   zh: 周期末会员的六项基本资料（姓名、电话、邮箱、生日、性别、城市）中名册已填写的比例，以计算时名册所载为准。周期进行中以数据截止日作为期末。
WITH span AS (
    SELECT p.period, least(p.ends_on, CAST($as_of AS DATE)) AS cut
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), judged AS (
    SELECT s.period, 6 * sum(CASE WHEN d.fact = 'member' THEN d.n END) AS asked,
           coalesce(sum(CASE WHEN d.fact IN ('name', 'phone', 'email', 'birthday', 'gender', 'city') THEN d.n END), 0) AS good
    FROM span AS s
    LEFT JOIN file_day AS d ON d.day < s.cut
    GROUP BY s.period
)
SELECT j.period, '' AS segment, CAST(coalesce(j.asked, 0) AS BIGINT) AS opening,
       CAST(coalesce(j.good, 0) AS BIGINT) AS closing, 100.0 * j.good / nullif(j.asked, 0) AS value
FROM judged AS j;
