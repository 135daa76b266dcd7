-- Which words on consent count, of one member or all, a page of them, the latest first, and how many are there?
WITH shown AS (
    SELECT n.place, n.said_on, n.record_id
    FROM consent_now AS n
    WHERE ($member IS NULL OR n.member_id = $member)
    ORDER BY n.said_on DESC NULLS LAST, n.record_id DESC
    LIMIT $most OFFSET $skip
)
SELECT t.*, (SELECT count(*) FROM consent_now AS n WHERE ($member IS NULL OR n.member_id = $member)) AS fitting
FROM shown AS s
JOIN care_consent_record AS t ON t.rowid = s.place
ORDER BY s.said_on DESC NULLS LAST, s.record_id DESC;
