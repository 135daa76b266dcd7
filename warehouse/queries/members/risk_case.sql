-- Which cases are those of whom it is asked in, as they are now?
CREATE OR REPLACE TEMP TABLE risk_case AS
WITH theirs AS (
    SELECT DISTINCT c.record_id FROM service_case_record AS c WHERE c.member_id IN (SELECT o.stated_id FROM risk_own AS o)
), last_one AS (
    SELECT c.record_id, max(c.revision) AS revision
    FROM service_case_record AS c
    WHERE c.record_id IN (SELECT t.record_id FROM theirs AS t)
    GROUP BY c.record_id
)
SELECT c.category, c.member_id, c.received_day, c.resolved_at, c.reopened_at, c.resolved_again_at
FROM service_case_record AS c
JOIN last_one AS l ON l.record_id = c.record_id AND l.revision = c.revision
WHERE NOT c.withdrawn;
