-- Which cases count, of one member or all, a page of them, the latest first, and how many are there?
WITH shown AS (
    SELECT n.place, n.received_at, n.record_id
    FROM service_now AS n
    WHERE ($value IS NULL OR n.severity = $value) AND ($member IS NULL OR n.member_id = $member)
    ORDER BY n.received_at DESC NULLS LAST, n.record_id DESC
    LIMIT $most OFFSET $skip
)
SELECT t.*, (SELECT count(*) FROM service_now AS n WHERE ($value IS NULL OR n.severity = $value) AND ($member IS NULL OR n.member_id = $member)) AS fitting
FROM shown AS s
JOIN service_case_record AS t ON t.rowid = s.place
ORDER BY s.received_at DESC NULLS LAST, s.record_id DESC;
