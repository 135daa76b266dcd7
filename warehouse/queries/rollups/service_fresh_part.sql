-- Where lies the newest row of each record of a part of those about which something came since the mark?
CREATE OR REPLACE TEMP TABLE record_fresh_part AS
SELECT record_key('service_case', t.record_id) AS key, max_by(t.rowid, t.revision) AS place, min(t.revision) AS first_revision
FROM service_case_record AS t
WHERE t.rowid >= (SELECT k.cases FROM record_mark AS k) AND hash(t.record_id) % CAST($parts AS UBIGINT) = CAST($part AS UBIGINT)
GROUP BY t.record_id;
