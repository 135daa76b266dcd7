-- Which forms of this anonymous survey were sent?
SELECT k.mark FROM anonymous_mark AS k WHERE k.survey = $survey;
