-- Empties the box of this survey, in the transaction that stores its answers.
DELETE FROM anonymous_box WHERE survey = $survey;
