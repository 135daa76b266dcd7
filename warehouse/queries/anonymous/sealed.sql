-- Which answers lie in the box of this survey?
SELECT b.sealed FROM anonymous_box AS b WHERE b.survey = $survey;
