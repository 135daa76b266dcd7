-- What does the metric file_validity come to, counted from the rows up to a basis and not from the rollups?
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
    SELECT i.period, i.cut, f.name, f.phone, f.email, f.birthday, f.gender, f.city
    FROM inside AS i
    LEFT JOIN member_file_until($members_until) AS f ON f.member_id = i.member_id
), judged AS (
    SELECT f.period, count(f.phone) + count(f.email) + count(f.birthday) AS asked,
           count(CASE WHEN is_phone(f.phone) THEN 1 END) + count(CASE WHEN is_email(f.email) THEN 1 END)
           + count(CASE WHEN birthday_of(f.birthday) < f.cut THEN 1 END) AS good
    FROM filed AS f
    GROUP BY f.period
)
SELECT s.period, '' AS segment, CAST(coalesce(j.asked, 0) AS BIGINT) AS opening,
       CAST(coalesce(j.good, 0) AS BIGINT) AS closing, 100.0 * j.good / nullif(j.asked, 0) AS value
FROM span AS s
LEFT JOIN judged AS j ON j.period = s.period;
