-- Is anything of the table care_wanted for one class of customers alone?
SELECT count(*) > 0 FROM (SELECT 1 FROM care_wanted AS w WHERE w.tier IS NOT NULL LIMIT 1) AS f;
