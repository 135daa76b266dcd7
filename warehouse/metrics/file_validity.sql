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
    SELECT f.period, count(f.phone) + count(f.email) + count(f.birthday) AS asked,
           count(CASE WHEN regexp_full_match(f.phone, '\+?[0-9 ()./-]+')
                       AND len(regexp_replace(f.phone, '[^0-9]', '', 'g')) BETWEEN 7 AND 15 THEN 1 END)
           + count(CASE WHEN regexp_full_match(f.email, '[^@\s,;<>"]+@([^@\s.,;<>"]+\.)+[^@\s.,;<>"]{2,}')
                         AND len(f.email) <= 254 THEN 1 END)
           + count(CASE WHEN regexp_full_match(f.birthday, '[0-9]{4}-[0-9]{2}-[0-9]{2}')
                         AND TRY_CAST(f.birthday AS DATE) >= DATE '1900-01-01'
                         AND TRY_CAST(f.birthday AS DATE) < f.cut THEN 1 END) AS good
    FROM filed AS f
    GROUP BY f.period
)
SELECT s.period, '' AS segment, CAST(coalesce(j.asked, 0) AS BIGINT) AS opening,
       CAST(coalesce(j.good, 0) AS BIGINT) AS closing, 100.0 * j.good / nullif(j.asked, 0) AS value
FROM span AS s
LEFT JOIN judged AS j ON j.period = s.period;
