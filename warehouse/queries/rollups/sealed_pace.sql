-- How long did the responses take that are sealed, as far as they are: for a warehouse that was sealed before this was counted?
CREATE OR REPLACE TEMP TABLE fresh_pace AS
WITH sealed AS (
    SELECT coalesce(max(k.sealed_to) FILTER (k.source = 'response'), 0) AS responses,
           coalesce(max(k.sealed_to) FILTER (k.source = 'invitation'), 0) AS invitations
    FROM rollup_mark AS k
), link AS (
    SELECT i.survey, i.response_id, max_by(i.wave, i.created_at) AS wave
    FROM invitation AS i
    WHERE i.rowid < (SELECT s.invitations FROM sealed AS s)
    GROUP BY i.survey, i.response_id
)
SELECT f.survey, CAST(floor(f.elapsed / 1000000) AS BIGINT) AS whole_seconds, f.version, f.language, f.elapsed,
       f.is_straight, l.wave, l.response_id IS NOT NULL OR f.is_form AS is_case, f.is_satisfied, f.nps, count(*) AS n
FROM response_pace AS f
LEFT JOIN link AS l ON l.response_id = f.response_id AND l.survey = f.survey
WHERE f.ingest_seq <= (SELECT s.responses FROM sealed AS s)
GROUP BY ALL;
