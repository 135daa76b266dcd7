-- Which days were stated to be worked on or not, the last word on each?
SELECT d.day, max_by(d.is_working, (d.recorded_at, d.record_id)) AS is_working
FROM work_day AS d
GROUP BY d.day
ORDER BY d.day;
