-- Where the rows of a member lie, and the files that begin with what somebody types: tables in the order of what is looked
-- for, so that the engine reads one block of them and then a few rows of the register instead of all of it. A place is a
-- rowid; rows of the register are only added.

-- A number of a member as it is looked for: the same in every version of the engine.
CREATE MACRO place_key(member) AS md5_number_lower(member);

CREATE TABLE event_place_sealed (
    key UBIGINT NOT NULL,
    place BIGINT NOT NULL
);

CREATE VIEW event_place AS
SELECT s.key, s.place FROM event_place_sealed AS s
UNION ALL
SELECT place_key(e.member_id), e.rowid FROM member_event AS e WHERE e.rowid >= (SELECT k.events FROM register_mark AS k);

CREATE TABLE file_place_sealed (
    key UBIGINT NOT NULL,
    place BIGINT NOT NULL
);

CREATE VIEW file_place AS
SELECT s.key, s.place FROM file_place_sealed AS s
UNION ALL
SELECT place_key(f.member_id), f.rowid FROM member AS f WHERE f.rowid >= (SELECT k.files FROM register_mark AS k);

-- What a file is found by, in small letters: the member's number, also without what stands before its digits; every part of
-- the name up to its end; the e-mail address; the digits of the phone, all of them and the last eleven, eight, six and four. The
-- first sixteen bytes as two numbers, whose order is that of the words.
CREATE MACRO file_words_from(first_place) AS TABLE
SELECT CAST('0x' || left(c.code, 16) AS UBIGINT) AS word, CAST('0x' || right(c.code, 16) AS UBIGINT) AS rest, c.place
FROM (
    SELECT rpad(left(hex(w.word), 32), 32, '0') AS code, w.place
    FROM (
        SELECT f.rowid AS place, unnest(list_distinct(list_concat(
            [lower(f.member_id), regexp_extract(f.member_id, '[1-9][0-9]*$'), lower(f.email)],
            list_transform(range(1, least(len(f.name), 24) + 1), lambda i: lower(substr(f.name, i))),
            list_transform([20, 11, 8, 6, 4], lambda i: right(regexp_replace(f.phone, '[^0-9]', '', 'g'), i))))) AS word
        FROM member AS f
        WHERE f.rowid >= first_place
    ) AS w
    WHERE w.word <> ''
) AS c;

CREATE TABLE file_word_sealed (
    word UBIGINT NOT NULL,
    rest UBIGINT NOT NULL,
    place BIGINT NOT NULL
);

CREATE VIEW file_word AS
SELECT s.word, s.rest, s.place FROM file_word_sealed AS s
UNION ALL
SELECT w.word, w.rest, w.place FROM file_words_from((SELECT k.files FROM register_mark AS k)) AS w;

-- What is sealed of events and files is sealed anew, together with this: until then all of it is tail.
DELETE FROM file_day_sealed;
DELETE FROM member_day_sealed;
DELETE FROM member_stay_sealed;
DELETE FROM purchase_sealed;
DELETE FROM member_cohort_sealed;
DELETE FROM first_stay_sealed;
DELETE FROM buyer_cohort_sealed;
DELETE FROM renewal_sealed;
DELETE FROM happening_sealed;
DELETE FROM rollup_mark
WHERE source IN ('member', 'member_event', 'member_event_replaced', 'member_merge', 'member_day_sealed', 'member_stay_sealed',
                 'purchase_sealed', 'member_cohort_sealed', 'first_stay_sealed', 'buyer_cohort_sealed', 'renewal_sealed',
                 'happening_sealed', 'file_day_sealed');
