-- Anonymous surveys: who has answered, and apart from it, without order and time, what was answered. See ANONYMITY.md.

-- Answers wait here until the survey is closed, sealed with a key that lies beside the file and is destroyed then. No id, no
-- time, no length that tells anything. They leave together, in random order, as rows of response under new ids.
CREATE TABLE anonymous_box (
    survey VARCHAR NOT NULL,
    sealed BLOB NOT NULL
);

-- Which forms were sent: the SHA-256 of the id that the invitation, or the open form, has. For an anonymous survey no response
-- ever bears that id. The marks of a survey are written anew, sorted, with each batch: their order is not that of the answers.
CREATE TABLE anonymous_mark (
    survey VARCHAR NOT NULL,
    mark VARCHAR NOT NULL
);

-- As before; an anonymous answer is known by its mark.
CREATE OR REPLACE VIEW invitation_state AS
SELECT i.token_sha256, i.survey, i.wave, i.member_id, i.tier, i.language, i.response_id, i.created_at, i.expires_at,
       EXISTS (
           SELECT 1 FROM invitation_event AS e WHERE e.token_sha256 = i.token_sha256 AND e.event = 'revoked'
       ) AS is_revoked,
       EXISTS (SELECT 1 FROM response AS r WHERE r.response_id = i.response_id)
       OR EXISTS (
           SELECT 1 FROM anonymous_mark AS k WHERE k.mark = sha256(CAST(i.response_id AS VARCHAR))
       ) AS is_answered,
       NOT EXISTS (
           SELECT 1
           FROM invitation AS later
           WHERE later.response_id = i.response_id AND later.created_at > i.created_at
       ) AS is_latest
FROM invitation AS i;

-- As before; is_completed is known of anonymous answers too, which have no time. What came out of a box is no case.
CREATE OR REPLACE VIEW fieldwork_case AS
WITH touched AS (
    SELECT e.survey, e.response_id, min(e.happened_at) AS opened_at,
           min(e.happened_at) FILTER (e.event <> 'opened') AS started_at,
           max(e.version) AS version, max(q.position) AS furthest
    FROM fieldwork_event AS e
    JOIN survey AS s ON s.survey = e.survey
    LEFT JOIN question AS q
        ON q.questionnaire = s.questionnaire AND q.version = e.version AND q.question = e.question
    GROUP BY e.survey, e.response_id
), known AS (
    SELECT t.survey, t.response_id FROM touched AS t
    UNION
    SELECT r.survey, r.response_id FROM response AS r
    WHERE r.import_id IS NULL AND r.channel NOT IN ('import', 'api', 'anonymous')
)
SELECT i.survey, i.response_id, i.wave, i.member_id, coalesce(r.tier, i.tier) AS tier, i.created_at AS invited_at,
       i.expires_at, i.is_revoked,
       EXISTS (
           SELECT 1 FROM invitation_event AS b WHERE b.token_sha256 = i.token_sha256 AND b.event = 'bounced'
       ) AS is_bounced,
       t.opened_at, t.started_at, t.version, t.furthest, r.submitted_at, r.day, r.touchpoint,
       i.is_answered AS is_completed
FROM invitation_state AS i
LEFT JOIN touched AS t ON t.survey = i.survey AND t.response_id = i.response_id
LEFT JOIN response AS r ON r.survey = i.survey AND r.response_id = i.response_id
WHERE i.is_latest
UNION ALL
SELECT k.survey, k.response_id, NULL, r.member_id, r.tier, NULL, NULL, FALSE, FALSE,
       t.opened_at, t.started_at, t.version, t.furthest, r.submitted_at, r.day, r.touchpoint,
       r.submitted_at IS NOT NULL
FROM known AS k
LEFT JOIN touched AS t ON t.survey = k.survey AND t.response_id = k.response_id
LEFT JOIN response AS r ON r.survey = k.survey AND r.response_id = k.response_id
WHERE NOT EXISTS (SELECT 1 FROM invitation AS i WHERE i.response_id = k.response_id);
