-- Which answers fit the filters, one row an answer: a score, a reason why it is missing, a choice, a text,
-- a number or a date?
SELECT a.response_id, a.survey, a.questionnaire, a.version, a.member_id, a.tier, a.touchpoint, a.channel, a.language,
       a.submitted_at, a.day, a.weight, a.question, a.type, a.measures, a.score, a.missing_code, a.choice,
       a.place, a.body AS written, a.number, a.date
FROM answer AS a
WHERE a.survey = $survey
  AND ($tier IS NULL OR a.tier = $tier)
  AND ($touchpoint IS NULL OR a.touchpoint = $touchpoint)
  AND ($channel IS NULL OR a.channel = $channel)
  AND ($language IS NULL OR a.language = $language)
  AND ($start IS NULL OR a.day >= $start)
  AND ($end IS NULL OR a.day < $end)
ORDER BY a.ingest_seq, a.question, a.place, a.choice;
