-- What of the table care_wanted is due to who is a member on that day, and of its class, the first days first?
WITH inside AS (
    SELECT w.number
    FROM care_wanted AS w
    JOIN member_step_of('care_history') AS s ON s.member_id = w.member_id AND s.day <= w.due_on
    GROUP BY w.number
    HAVING sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) > 0
)
SELECT w.number AS record_id, w.revision, FALSE AS withdrawn, w.plan, w.title AS occasion, w.member_id,
       w.due_on, w.channel, CAST(NULL AS DATE) AS given_on, w.note
FROM care_wanted AS w
WHERE w.number IN (SELECT i.number FROM inside AS i) AND NOT w.is_outside;
