-- Which class of customers a plan of care is for; without an entry it is for all members.
DROP VIEW care_plan;
ALTER TABLE care_plan_record ADD COLUMN tier VARCHAR;
CREATE VIEW care_plan AS SELECT t.* FROM care_plan_until(TIMESTAMP '9999-12-31') AS t;
