-- What was ever written about one record, the first row first?
SELECT t.* FROM query_table($records) AS t WHERE t.record_id = $record_id ORDER BY t.revision;
