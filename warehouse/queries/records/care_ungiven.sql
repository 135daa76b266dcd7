-- What is due on a day and not given, as it will stand once it was given on another?
SELECT t.record_id, t.revision + 1 AS revision, FALSE AS withdrawn, t.plan, t.occasion, t.member_id, t.due_on, t.channel,
       CAST($given_on AS DATE) AS given_on, t.note
FROM care_now AS n
JOIN care_task_record AS t ON t.rowid = n.place
WHERE n.due_on = $day AND n.given_on IS NULL;
