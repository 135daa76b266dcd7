-- Takes the marks of this survey away, to be written anew in the same transaction.
DELETE FROM anonymous_mark WHERE survey = $survey;
