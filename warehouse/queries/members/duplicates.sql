-- Which pairs of members could be one person: the same phone (its digits), e-mail, or name with the same birthday? Of all, or
-- of $member.
WITH mark AS (
    SELECT f.member_id, f.name, m.why, m.said
    FROM member_file AS f,
         LATERAL (SELECT unnest(['phone', 'email', 'name']) AS why,
                         unnest([nullif(right(regexp_replace(coalesce(f.phone, ''), '[^0-9]', '', 'g'), 11), ''),
                                 nullif(lower(trim(f.email)), ''),
                                 nullif(lower(trim(f.name)), '') || ' ' || f.birthday]) AS said) AS m
    WHERE m.said IS NOT NULL AND len(m.said) >= 5
)
SELECT a.member_id, b.member_id AS other_id, string_agg(a.why, ' ' ORDER BY a.why) AS reasons
FROM mark AS a
JOIN mark AS b ON b.why = a.why AND b.said = a.said AND a.member_id < b.member_id
WHERE $member IS NULL OR a.member_id = $member OR b.member_id = $member
GROUP BY a.member_id, b.member_id
ORDER BY count(*) DESC, a.member_id, b.member_id
LIMIT 50;
