-- Which rollups of records say something else than their rows do?
WITH true_service AS (
    SELECT t.revision, t.received_at, t.record_id, t.received_day, t.category, t.severity, t.member_id, t.first_response_at,
           t.first_response_day, t.resolved_at, t.resolved_day, t.reopened_at, t.reopened_day, t.resolved_again_at,
           t.resolved_again_day, t.paused_at, t.handling_score, t.respond_by_at, t.resolve_by_at
    FROM service_case AS t
), told_service AS (
    SELECT t.revision, n.received_at, n.record_id, n.received_day, n.category, n.severity, n.member_id, n.first_response_at,
           n.first_response_day, n.resolved_at, n.resolved_day, n.reopened_at, n.reopened_day, n.resolved_again_at,
           n.resolved_again_day, n.paused_at, n.handling_score, n.respond_by_at, n.resolve_by_at
    FROM service_now AS n
    LEFT JOIN service_case_record AS t ON t.rowid = n.place
), true_consent AS (
    SELECT t.revision, t.said_on, t.record_id, t.member_id, t.agrees, t.recorded_at
    FROM care_consent AS t
), told_consent AS (
    SELECT t.revision, n.said_on, n.record_id, n.member_id, n.agrees, n.recorded_at
    FROM consent_now AS n
    LEFT JOIN care_consent_record AS t ON t.rowid = n.place
), true_care AS (
    SELECT t.revision, t.record_id, t.due_on, t.occasion, t.channel, t.plan, t.member_id, t.given_on
    FROM care_task AS t
), told_care AS (
    SELECT t.revision, t.record_id, n.due_on, n.occasion, n.channel, n.plan, n.member_id, n.given_on
    FROM care_now AS n
    LEFT JOIN care_task_record AS t ON t.rowid = n.place
), true_day AS (
    SELECT t.due_on, t.occasion, t.given_on, count(*) AS n FROM care_task AS t GROUP BY ALL
), told_day AS (
    SELECT d.due_on, d.occasion, d.given_on, sum(d.n) AS n FROM care_day AS d GROUP BY ALL HAVING sum(d.n) <> 0
), true_made AS (
    SELECT t.plan, t.due_on, t.recorded_by = 'plan' AND t.revision = 1 AS is_first, count(*) AS n
    FROM care_task_record AS t
    GROUP BY ALL
), told_made AS (
    SELECT m.plan, m.due_on, m.is_first, sum(m.n) AS n FROM care_made AS m GROUP BY ALL
), true_place AS (
    SELECT record_key('service_case', t.record_id) AS key, t.rowid AS place FROM service_case_record AS t
    UNION ALL
    SELECT record_key('care_consent', t.record_id), t.rowid FROM care_consent_record AS t
    UNION ALL
    SELECT record_key('care_task', t.record_id), t.rowid FROM care_task_record AS t
)
SELECT d.rollup
FROM (
    SELECT 'service_now' AS rollup
    FROM ((FROM told_service EXCEPT ALL FROM true_service) UNION ALL (FROM true_service EXCEPT ALL FROM told_service))
    UNION
    SELECT 'consent_now'
    FROM ((FROM told_consent EXCEPT ALL FROM true_consent) UNION ALL (FROM true_consent EXCEPT ALL FROM told_consent))
    UNION
    SELECT 'care_now' FROM ((FROM told_care EXCEPT ALL FROM true_care) UNION ALL (FROM true_care EXCEPT ALL FROM told_care))
    UNION
    SELECT 'care_day' FROM ((FROM told_day EXCEPT FROM true_day) UNION ALL (FROM true_day EXCEPT FROM told_day))
    UNION
    SELECT 'care_made' FROM ((FROM told_made EXCEPT FROM true_made) UNION ALL (FROM true_made EXCEPT FROM told_made))
    UNION
    SELECT 'record_place'
    FROM (SELECT count(*) AS n, bit_xor(hash(p.key, p.place)) AS mark FROM record_place AS p) AS p
    JOIN (SELECT count(*) AS n, bit_xor(hash(t.key, t.place)) AS mark FROM true_place AS t) AS t
        ON (p.n, p.mark) IS DISTINCT FROM (t.n, t.mark)
) AS d
ORDER BY d.rollup;
