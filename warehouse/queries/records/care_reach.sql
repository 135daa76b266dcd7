-- From which place on do rows about care stand that are not there yet?
SELECT coalesce(max(t.rowid) + 1, 0) AS place FROM care_task_record AS t;
