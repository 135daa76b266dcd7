-- How many rows has everything that a record of a type is checked against? Rows are only added: the same numbers, the same rows.
SELECT (SELECT count(*) FROM query_table($records)) AS records, (SELECT count(*) FROM case_limit_record) AS limits,
       (SELECT count(*) FROM work_day_record) AS work_days,
       (SELECT count(*) FROM record_change) AS changes;
