-- Which answers above a place are at or under the bar of a rule for cases, have none yet, and are not of an anonymous survey?
SELECT DISTINCT ON (a.response_id) a.response_id, a.submitted_at, a.member_id, a.score, a.survey, a.question, r.severity
FROM case_rule AS r
JOIN answer AS a ON a.survey = r.survey AND a.question = r.question AND a.score <= r.at_most AND a.day >= r.in_force_on
WHERE a.ingest_seq > $after AND NOT list_contains($anonymous, a.survey)
  AND NOT EXISTS (SELECT 1 FROM service_case_record AS c WHERE c.record_id = 'S-' || CAST(a.response_id AS VARCHAR))
ORDER BY a.response_id, r.at_most, r.record_id
LIMIT $most;
