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
), filed AS (
    SELECT h.tier, f.recorded_at, unnest(['name', 'phone', 'email', 'birthday', 'gender', 'city']) AS field,
           unnest([f.name, f.phone, f.email, f.birthday, f.gender, f.city]) AS stated
    FROM held AS h
    LEFT JOIN member_file AS f ON f.member_id = h.member_id
    WHERE h.tier IS NOT NULL
)
SELECT f.tier, f.field, count(*) AS members, count(f.stated) AS filled,
       CASE f.field
           WHEN 'phone' THEN count(CASE WHEN regexp_full_match(f.stated, '\+?[0-9 ()./-]+')
               AND len(regexp_replace(f.stated, '[^0-9]', '', 'g')) BETWEEN 7 AND 15 THEN 1 END)
           WHEN 'email' THEN count(CASE WHEN regexp_full_match(f.stated, '[^@\s,;<>"]+@([^@\s.,;<>"]+\.)+[^@\s.,;<>"]{2,}')
               AND len(f.stated) <= 254 THEN 1 END)
           WHEN 'birthday' THEN count(CASE WHEN regexp_full_match(f.stated, '[0-9]{4}-[0-9]{2}-[0-9]{2}')
               AND TRY_CAST(f.stated AS DATE) >= DATE '1900-01-01'
               AND TRY_CAST(f.stated AS DATE) < CAST($until AS DATE) THEN 1 END)
       END AS valid,
       count(CASE WHEN f.recorded_at >= CAST(CAST($until AS DATE) AS TIMESTAMP) - INTERVAL 365 DAY THEN 1 END) AS fresh
FROM filed AS f
GROUP BY f.tier, f.field
ORDER BY f.tier, list_position(['name', 'phone', 'email', 'birthday', 'gender', 'city'], f.field);
