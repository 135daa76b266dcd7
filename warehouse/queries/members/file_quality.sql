-- How complete, valid and fresh are the files of the members there before the local day $until, by class and field?
-- The class '' is everybody. What makes a value valid is what `metrics/file_validity.sql` says.
WITH inside AS (
    -- A member's steps add up to 1 while they are a member.
    SELECT s.member_id
    FROM member_step AS s
    WHERE s.day < CAST($until AS DATE)
    GROUP BY s.member_id
    HAVING sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) > 0
), held AS (
    SELECT i.member_id, t.tier
    FROM inside AS i
    LEFT JOIN member_tier_on(CAST($until AS DATE), $contract, $known) AS t ON t.member_id = i.member_id
    UNION ALL
    SELECT i.member_id, '' FROM inside AS i
), kept AS (
    SELECT m.member_id, max(m.recorded_at) AS kept_at FROM member AS m WHERE m.recorded_at < CAST($until AS DATE) GROUP BY m.member_id
), filed AS (
    SELECT h.tier, h.member_id, unnest(['name', 'phone', 'email', 'birthday', 'gender', 'city']) AS field,
           unnest([f.name, f.phone, f.email, f.birthday, f.gender, f.city]) AS stated
    FROM held AS h
    LEFT JOIN member_file AS f ON f.member_id = h.member_id
    WHERE h.tier IS NOT NULL
)
SELECT f.tier, f.field, count(*) AS members, count(f.stated) AS filled,
       CASE f.field
           WHEN 'phone' THEN count(CASE WHEN is_phone(f.stated) THEN 1 END)
           WHEN 'email' THEN count(CASE WHEN is_email(f.stated) THEN 1 END)
           WHEN 'birthday' THEN count(CASE WHEN birthday_of(f.stated) < CAST($until AS DATE) THEN 1 END)
       END AS valid,
       count(CASE WHEN k.kept_at >= CAST($until AS DATE) - INTERVAL 365 DAY THEN 1 END) AS fresh
FROM filed AS f
LEFT JOIN kept AS k ON k.member_id = f.member_id
GROUP BY f.tier, f.field
ORDER BY f.tier, list_position(['name', 'phone', 'email', 'birthday', 'gender', 'city'], f.field);
