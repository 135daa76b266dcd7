-- Has this warehouse an audit yet?
SELECT count(*) > 0 AS is_there
FROM information_schema.tables AS t
WHERE t.table_name = 'audit_event' AND t.table_catalog = current_database();
