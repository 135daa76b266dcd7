-- What did those of whom it is asked answer in the 180 days before the local day $until?
CREATE OR REPLACE TEMP TABLE risk_answer AS
SELECT r.questionnaire, r.version, r.member_id, r.submitted_at, r.day, r.scores
FROM response AS r
WHERE r.day < CAST($until AS DATE) AND r.day >= CAST($until AS DATE) - 180 AND r.member_id IN (SELECT o.stated_id FROM risk_own AS o);
