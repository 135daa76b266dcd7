-- On which occasions is care given, as it was planned?
SELECT p.record_id, p.title, p.occasion, p.month, p.day_of_month, p.channel, p.in_force_on, p.ended_on, p.tier
FROM care_plan AS p
ORDER BY p.record_id;
