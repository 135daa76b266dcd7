-- Makes the table care_wanted of what is due from a day on and not given; `care_leaving` tells what of it is withdrawn.
CREATE OR REPLACE TEMP TABLE care_wanted AS
SELECT t.record_id, t.revision, t.plan, t.occasion, t.member_id, t.due_on, t.channel, t.given_on, t.note,
       p.tier, FALSE AS is_outside
FROM care_now AS n
JOIN care_task_record AS t ON t.rowid = n.place
LEFT JOIN care_plan AS p ON p.record_id = t.plan
WHERE n.due_on >= $day AND n.given_on IS NULL;
