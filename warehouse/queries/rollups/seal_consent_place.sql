-- Notes where the rows lie that came since.
INSERT INTO record_place_sealed
SELECT record_key('care_consent', t.record_id) AS key, t.rowid
FROM care_consent_record AS t
WHERE t.rowid >= (SELECT k.consents FROM record_mark AS k)
ORDER BY key;
