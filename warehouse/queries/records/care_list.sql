-- What is due on a day, with what a greeting needs?
SELECT t.record_id, t.occasion, t.member_id, f.name, f.phone, f.email, t.channel,
       replace(coalesce(p.greeting, ''), '{name}', coalesce(f.name, '')) AS greeting, t.given_on
FROM care_task AS t
LEFT JOIN care_plan AS p ON p.record_id = t.plan
LEFT JOIN member_file AS f ON f.member_id = t.member_id
WHERE t.due_on = $day
ORDER BY t.occasion, t.member_id;
