-- The fieldwork of a survey: who opened a form, began it, how far they came, and which invitations came back.

-- What happened to a form before it was sent, append-only: opened, started, question (the furthest answered so far),
-- page (left by sending it; pages count from 0). response_id is that of the response the form will be: for an
-- invitation the id fixed with it. shown_at is when the sheet was handed out. No address, no text, nothing of an answer.
-- Events may be missing (no script, a busy server) and none is told twice; queries count each kind once a response.
CREATE TABLE fieldwork_event (
    survey VARCHAR NOT NULL,
    response_id UUID NOT NULL,
    event VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    page SMALLINT,
    question VARCHAR,
    shown_at TIMESTAMP NOT NULL,
    happened_at TIMESTAMP NOT NULL
);

-- Why an invitation was marked: what the mail server said when it bounced.
ALTER TABLE invitation_event ADD COLUMN reason VARCHAR;

-- One row a case: a member invited to a wave, or (wave NULL) one form opened by the open link; and how far it came.
-- Imported responses and those of programs are no cases: nobody was shown a form.
CREATE VIEW fieldwork_case AS
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
    WHERE r.import_id IS NULL AND r.channel NOT IN ('import', 'api')
)
SELECT i.survey, i.response_id, i.wave, i.member_id, coalesce(r.tier, i.tier) AS tier, i.created_at AS invited_at,
       i.expires_at, i.is_revoked,
       EXISTS (
           SELECT 1 FROM invitation_event AS b WHERE b.token_sha256 = i.token_sha256 AND b.event = 'bounced'
       ) AS is_bounced,
       t.opened_at, t.started_at, t.version, t.furthest, r.submitted_at, r.day, r.touchpoint
FROM invitation_state AS i
LEFT JOIN touched AS t ON t.survey = i.survey AND t.response_id = i.response_id
LEFT JOIN response AS r ON r.survey = i.survey AND r.response_id = i.response_id
WHERE i.is_latest
UNION ALL
SELECT k.survey, k.response_id, NULL, r.member_id, r.tier, NULL, NULL, FALSE, FALSE,
       t.opened_at, t.started_at, t.version, t.furthest, r.submitted_at, r.day, r.touchpoint
FROM known AS k
LEFT JOIN touched AS t ON t.survey = k.survey AND t.response_id = k.response_id
LEFT JOIN response AS r ON r.survey = k.survey AND r.response_id = k.response_id
WHERE NOT EXISTS (SELECT 1 FROM invitation AS i WHERE i.response_id = k.response_id);
