-- Notes where the events lie that came since.
INSERT INTO event_place_sealed
SELECT place_key(e.member_id) AS key, e.rowid
FROM member_event AS e
WHERE e.rowid >= (SELECT k.events FROM register_mark AS k)
ORDER BY key;
