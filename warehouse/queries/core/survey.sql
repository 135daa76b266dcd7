-- Which questionnaire does this survey ask?
SELECT questionnaire FROM survey WHERE survey = $survey;
