-- Which duplicates count as which member, and why? Of all, or of $member on either side.
SELECT m.member_id, m.kept_id, m.reason, m.recorded_by, m.recorded_at
FROM member_merge AS m
JOIN member_alias AS a ON a.member_id = m.member_id
WHERE $member IS NULL OR m.member_id = $member OR m.kept_id = $member
QUALIFY row_number() OVER (PARTITION BY m.member_id ORDER BY m.recorded_at DESC) = 1
ORDER BY m.member_id;
