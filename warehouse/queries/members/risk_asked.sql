-- Of whom is not sealed where they stand before the local day $until: who was changed since, to whom something happened on that
-- day or later, and $everybody where it is asked for? Parts of at most some $most of them, on average, follow one another in
-- the order of keys.
CREATE OR REPLACE TEMP TABLE risk_asked AS
WITH who AS MATERIALIZED (
    SELECT t.member_id FROM member_touched AS t
    UNION
    SELECT s.member_id FROM standing_sealed AS s WHERE s.last_day >= CAST($until AS DATE)
    UNION
    SELECT s.member_id FROM standing_sealed AS s WHERE $everybody
), keyed AS (
    SELECT w.member_id, place_key(w.member_id) AS key FROM who AS w
)
SELECT k.member_id, k.key, CAST((CAST(k.key >> 32 AS BIGINT) * (1 + (SELECT count(*) FROM who) // $most)) >> 32 AS BIGINT) AS part
FROM keyed AS k;
