-- Appends members, given as lists of equal length.
INSERT INTO member (member_id, language, channel, name, phone, email, birthday, gender, city, is_example, recorded_at)
SELECT t.member_id, t.language, t.channel, t.name, t.phone, t.email, t.birthday, t.gender, t.city, $is_example, t.recorded_at
FROM (SELECT unnest(CAST($member_ids AS VARCHAR[])) AS member_id,
             unnest(CAST($languages AS VARCHAR[])) AS language,
             unnest(CAST($channels AS VARCHAR[])) AS channel,
             unnest(CAST($names AS VARCHAR[])) AS name,
             unnest(CAST($phones AS VARCHAR[])) AS phone,
             unnest(CAST($emails AS VARCHAR[])) AS email,
             unnest(CAST($birthdays AS VARCHAR[])) AS birthday,
             unnest(CAST($genders AS VARCHAR[])) AS gender,
             unnest(CAST($cities AS VARCHAR[])) AS city,
             unnest(CAST($instants AS TIMESTAMP[])) AS recorded_at) AS t;
