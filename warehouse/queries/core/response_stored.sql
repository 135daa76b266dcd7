-- Is this response stored in this survey? Of an anonymous survey: was a form of this id sent?
SELECT EXISTS (SELECT 1 FROM response AS r WHERE r.response_id = $response_id AND r.survey = $survey)
    OR EXISTS (
        SELECT 1 FROM anonymous_mark AS k
        WHERE k.mark = sha256(CAST(CAST($response_id AS UUID) AS VARCHAR)) AND k.survey = $survey
    ) AS is_stored;
