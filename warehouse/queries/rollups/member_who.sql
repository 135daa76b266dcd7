-- In which part of at most some $most members, on average, is each of them? Parts follow one another in the order of keys.
CREATE OR REPLACE TEMP TABLE member_who AS
SELECT a.member_id, a.is_changed,
       CAST((CAST(place_key(a.member_id) >> 32 AS BIGINT) * (1 + (SELECT count(*) FROM member_asked) // $most)) >> 32 AS BIGINT) AS part
FROM member_asked AS a;
