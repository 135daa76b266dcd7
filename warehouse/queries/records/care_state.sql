-- How many rows has everything that care due follows from? Rows are only added: the same numbers, the same rows.
SELECT (SELECT count(*) FROM care_plan_record) AS plans, (SELECT count(*) FROM care_consent_record) AS consents,
       (SELECT count(*) FROM member) AS files, (SELECT count(*) FROM member_event) AS events,
       (SELECT count(*) FROM member_event_replaced) AS replaced, (SELECT count(*) FROM member_merge) AS merges,
       (SELECT count(*) FROM care_task_record) AS tasks;
