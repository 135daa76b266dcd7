-- Which members have this anywhere in their number, name, phone or e-mail? It looks at every file.
SELECT DISTINCT f.member_id, f.name, f.phone, f.email
FROM member_file AS f
LEFT JOIN member_alias AS a ON a.kept_id = f.member_id
WHERE contains(lower(f.member_id), lower($text)) OR contains(lower(coalesce(f.name, '')), lower($text))
   OR contains(coalesce(f.phone, ''), $text) OR contains(lower(coalesce(f.email, '')), lower($text))
   OR lower(a.member_id) = lower($text)
ORDER BY f.member_id
LIMIT 25;
