-- Whom does anything concern that is neither in the list of who is at risk nor beside it: the register from the rows $events, $files,
-- $replaced and $merges on, responses from $responses and cases from $cases on? Parts as in members/risk_asked.
CREATE OR REPLACE TEMP TABLE risk_asked AS
WITH given AS (
    SELECT r.member_id FROM response AS r WHERE r.member_id IS NOT NULL AND r.rowid >= $responses
    UNION ALL
    SELECT c.member_id
    FROM service_case_record AS c
    WHERE c.member_id IS NOT NULL
      AND c.record_id IN (SELECT n.record_id FROM service_case_record AS n WHERE n.rowid >= $cases)
), who AS MATERIALIZED (
    SELECT t.member_id FROM member_touched_from($events, $files, $replaced, $merges) AS t
    UNION
    SELECT coalesce(a.kept_id, g.member_id) FROM given AS g LEFT JOIN member_alias AS a ON a.member_id = g.member_id
), keyed AS (
    SELECT w.member_id, place_key(w.member_id) AS key FROM who AS w
)
SELECT k.member_id, k.key, CAST((CAST(k.key >> 32 AS BIGINT) * (1 + (SELECT count(*) FROM who) // $most)) >> 32 AS BIGINT) AS part
FROM keyed AS k;
