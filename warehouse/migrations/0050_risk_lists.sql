-- Who is at risk before the day that was asked for last, in order and counted on the way: with millions of members a page reads a few
-- rows of it. Whatever is sealed after it was made is told of beside it, member by member; what is not sealed is told when asked.

-- Of what is the list: before which local day, with the classes by which contract version; up to where responses and records of
-- cases are in it and in what is beside it, and how many are in it.
CREATE TABLE risk_listed (
    until DATE NOT NULL,
    contract VARCHAR NOT NULL,
    responses BIGINT NOT NULL,
    cases BIGINT NOT NULL
);

-- place counts from 1, those with most reasons first, then those who spent most; lapsed and so on say how many have the reason up to
-- this row, itself among them. marks has a bit for each reason, key is place_key of the number.
CREATE TABLE risk_list (
    place BIGINT NOT NULL,
    key UBIGINT NOT NULL,
    member_id VARCHAR NOT NULL,
    channel VARCHAR,
    deals BIGINT NOT NULL,
    spent DECIMAL(18, 2) NOT NULL,
    bought_on DATE,
    marks BIGINT NOT NULL,
    tier VARCHAR,
    lapsed BIGINT NOT NULL,
    complaint BIGINT NOT NULL,
    low_score BIGINT NOT NULL,
    falling BIGINT NOT NULL,
    silent BIGINT NOT NULL
);

-- How it is with those for whom anything was sealed since; without marks they are not at risk.
CREATE TABLE risk_moved (
    key UBIGINT NOT NULL,
    member_id VARCHAR,
    channel VARCHAR,
    deals BIGINT,
    spent DECIMAL(18, 2),
    bought_on DATE,
    marks BIGINT NOT NULL,
    tier VARCHAR
);

-- As low_scored and complaining, of those `answers` and `cases` (response and service_case, or some of them).
CREATE MACRO low_scored_of(until, answers) AS TABLE
SELECT s.member_id
FROM (
    SELECT coalesce(a.kept_id, r.member_id) AS member_id, r.submitted_at,
           bool_or((q.measures = 'nps' AND r.scores[q.score_position] <= 6)
                   OR (q.measures = 'csat' AND r.scores[q.score_position] <= q.scale_min + 1)) AS is_low
    FROM query_table(answers) AS r
    JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version
        AND q.measures IN ('nps', 'csat') AND r.scores[q.score_position] IS NOT NULL
    LEFT JOIN member_alias AS a ON a.member_id = r.member_id
    WHERE r.member_id IS NOT NULL AND r.day < until AND r.day >= CAST(until AS DATE) - 180
    GROUP BY ALL
) AS s
GROUP BY s.member_id
HAVING max_by(s.is_low, s.submitted_at);
DROP MACRO TABLE low_scored;

CREATE MACRO complaining_of(until, cases) AS TABLE
SELECT DISTINCT coalesce(a.kept_id, c.member_id) AS member_id
FROM query_table(cases) AS c
LEFT JOIN member_alias AS a ON a.member_id = c.member_id
WHERE c.category IN ('complaint', 'crisis') AND c.member_id IS NOT NULL AND c.received_day < until
  AND (c.resolved_at IS NULL OR (c.reopened_at IS NOT NULL AND c.resolved_again_at IS NULL));
DROP MACRO TABLE complaining;
