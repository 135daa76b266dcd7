-- id: file_freshness
-- title: {en: Customer files kept up to date, zh: 客户资料更新率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: files
-- clause: {en: Customer files, zh: 客户信息管理}
-- words:
--   en: Of the members at the end of the period, the share whose file was entered or changed within the 365 days before it, as
--     known when the figures were counted. While the period runs, its end is the day of the figures.
--   zh: 周期末的会员中，档案在其前 365 天内录入或变更过的比例，以计算时名册所载为准。周期进行中以数据截止日作为期末。
WITH span AS (
    SELECT p.period, least(p.ends_on, CAST($as_of AS DATE)) AS cut
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), inside AS (
    -- A member's steps add up to 1 while they are a member.
    SELECT s.period, s.cut, m.member_id
    FROM span AS s
    JOIN member_step_until($members_until) AS m ON m.day < s.cut
    GROUP BY s.period, s.cut, m.member_id
    HAVING sum(CASE WHEN m.step = 'left' THEN -1 ELSE 1 END) > 0
), filed AS (
    SELECT i.period, i.cut, i.member_id, f.name, f.phone, f.email, f.birthday, f.gender, f.city, f.recorded_at
    FROM inside AS i
    LEFT JOIN member_file_until($members_until) AS f ON f.member_id = i.member_id
), judged AS (
    SELECT f.period, count(*) AS asked,
           count(CASE WHEN f.recorded_at >= CAST(f.cut AS TIMESTAMP) - INTERVAL 365 DAY THEN 1 END) AS good
    FROM filed AS f
    GROUP BY f.period
)
SELECT s.period, '' AS segment, CAST(coalesce(j.asked, 0) AS BIGINT) AS opening,
       CAST(coalesce(j.good, 0) AS BIGINT) AS closing, 100.0 * j.good / nullif(j.asked, 0) AS value
FROM span AS s
LEFT JOIN judged AS j ON j.period = s.period;
