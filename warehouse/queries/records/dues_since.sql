-- What was recorded since the first $limits rows about limits and $days about workdays: from which day on are cases received, and from
-- which day on due, that it concerns? Both NULL for nothing. Limits and days that were corrected or withdrawn concern what they did before.
WITH changed AS (
    SELECT l.in_force_on
    FROM case_limit_record AS l
    WHERE l.record_id IN (SELECT n.record_id FROM case_limit_record AS n WHERE n.rowid >= $limits)
), turned AS (
    SELECT d.day
    FROM work_day_record AS d
    WHERE d.record_id IN (SELECT n.record_id FROM work_day_record AS n WHERE n.rowid >= $days)
)
SELECT (SELECT min(c.in_force_on) FROM changed AS c) AS received_from, (SELECT min(t.day) FROM turned AS t) AS due_from;
