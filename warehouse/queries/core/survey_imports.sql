-- How many files were imported into this survey?
SELECT count(*) AS imports FROM import_batch WHERE survey = $survey;
