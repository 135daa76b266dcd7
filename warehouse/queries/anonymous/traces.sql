-- Is there anything of answers to this survey, or of people who are answering it?
SELECT EXISTS (SELECT 1 FROM response AS r WHERE r.survey = $survey)
    OR EXISTS (SELECT 1 FROM fieldwork_event AS e WHERE e.survey = $survey)
    OR EXISTS (SELECT 1 FROM upload AS u WHERE u.survey = $survey)
    OR EXISTS (SELECT 1 FROM saved_form AS f WHERE f.survey = $survey) AS has_traces;
