-- When was the latest response of any survey submitted?
SELECT max(r.submitted_at) AS latest FROM response AS r;
