-- What is to be written of the answers that fit the filters, of responses after one place up to another?
SELECT "{cells}"
FROM answer AS a
WHERE a.survey = $survey
  AND ($tier IS NULL OR a.tier = $tier)
  AND ($touchpoint IS NULL OR a.touchpoint = $touchpoint)
  AND ($channel IS NULL OR a.channel = $channel)
  AND ($language IS NULL OR a.language = $language)
  AND ($start IS NULL OR a.day >= $start)
  AND ($end IS NULL OR a.day < $end)
  AND a.ingest_seq > $after AND a.ingest_seq <= $upto
ORDER BY a.ingest_seq, a.question, a.place, a.choice;
