-- Which greetings and gifts count, of one member or all, a page of them, the latest first, and how many are there?
WITH shown AS (
    SELECT n.place, n.due_on
    FROM care_now AS n
    WHERE ($value IS NULL OR n.channel = $value) AND ($member IS NULL OR n.member_id = $member)
    ORDER BY n.due_on DESC NULLS LAST, n.place DESC
    LIMIT $most OFFSET $skip
)
SELECT t.*, (SELECT count(*) FROM care_now AS n WHERE ($value IS NULL OR n.channel = $value) AND ($member IS NULL OR n.member_id = $member)) AS fitting
FROM shown AS s
JOIN care_task_record AS t ON t.rowid = s.place
ORDER BY s.due_on DESC NULLS LAST, s.place DESC;
