-- Appends the file of each arrived member who is new or whose file says something else; what the mapping does not name
-- ($named lists the fields it does) stays as it was.
INSERT INTO member (member_id, language, channel, name, phone, email, birthday, gender, city, attributes, is_example,
                    recorded_by, recorded_at)
WITH now AS (
    SELECT m.*
    FROM member AS m
    WHERE m.member_id IN (SELECT a.member_id FROM arrived_members AS a)
    QUALIFY row_number() OVER (PARTITION BY m.member_id ORDER BY m.recorded_at DESC) = 1
), said AS (
    SELECT a.member_id, a.language, a.channel,
           CASE WHEN list_contains($named, 'name') THEN nullif(a.name, '') ELSE n.name END AS name,
           CASE WHEN list_contains($named, 'phone') THEN nullif(a.phone, '') ELSE n.phone END AS phone,
           CASE WHEN list_contains($named, 'email') THEN nullif(a.email, '') ELSE n.email END AS email,
           CASE WHEN list_contains($named, 'birthday') THEN nullif(a.birthday, '') ELSE n.birthday END AS birthday,
           CASE WHEN list_contains($named, 'gender') THEN nullif(a.gender, '') ELSE n.gender END AS gender,
           CASE WHEN list_contains($named, 'city') THEN nullif(a.city, '') ELSE n.city END AS city,
           CASE WHEN list_contains($named, 'attributes') THEN nullif(a.attributes, '') ELSE n.attributes END AS attributes
    FROM arrived_members AS a
    LEFT JOIN now AS n ON n.member_id = a.member_id
)
SELECT s.member_id, s.language, s.channel, s.name, s.phone, s.email, s.birthday, s.gender, s.city, s.attributes, FALSE,
       $recorded_by, $recorded_at
FROM said AS s
LEFT JOIN now AS n ON n.member_id = s.member_id
WHERE n.member_id IS NULL
   OR s.language IS DISTINCT FROM n.language OR s.channel IS DISTINCT FROM n.channel
   OR s.name IS DISTINCT FROM n.name OR s.phone IS DISTINCT FROM n.phone OR s.email IS DISTINCT FROM n.email
   OR s.birthday IS DISTINCT FROM n.birthday OR s.gender IS DISTINCT FROM n.gender OR s.city IS DISTINCT FROM n.city
   OR s.attributes IS DISTINCT FROM n.attributes;
