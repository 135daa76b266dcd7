"""The rows of the benchmarks as SQL: $responses responses of ten scored answers each, over 34 months in the
order of time, with their members, what happened to these, invitations and what happened to forms.

Chance is a hash of a row's number, so the same size makes the same rows.
"""

# The lowest score and how many there are, question by question.
SCALES = ((1, 5), (0, 11), (1, 7), (1, 5), (1, 5), (1, 5), (1, 5), (1, 5), (1, 5), (1, 5))


def _score(place: int, low: int, points: int) -> str:
    """One score, rather high than low; one in 23 is missing, but for the first question."""
    drawn = (f"c.chance // {factor * place} % {points}" for factor in (17, 29))
    score = f"CAST({low} + greatest({', '.join(drawn)}) AS SMALLINT)"
    return score if place == 1 else f"CASE WHEN c.chance // {place + 2} % 23 > 0 THEN {score} END"


SCORES = ", ".join(_score(place, *scale) for place, scale in enumerate(SCALES, start=1))

# $members members and what happened to them.
MEMBERS = (
    """
INSERT INTO member (member_id, language, channel, name, phone, email, birthday, is_example, recorded_at)
SELECT 'M' || lpad(CAST(m.i AS VARCHAR), 8, '0'), ['zh', 'en'][1 + m.i % 2],
       ['shop', 'web'][1 + m.i // 2 % 2],
       substr('王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗', 1 + CAST(m.chance % 20 AS INTEGER), 1)
       || substr('伟芳敏静磊洋艳勇军杰娟涛明超霞平秀建晓桂', 1 + CAST(m.chance // 20 % 20 AS INTEGER), 1)
       || substr('英华东文国志春海云林', 1 + CAST(m.chance // 400 % 20 AS INTEGER), 1),
       '1' || CAST(3000000000 + m.chance % 6000000000 AS VARCHAR),
       CASE WHEN m.chance % 10 < 7 THEN 'member' || CAST(m.i AS VARCHAR) || '@example.com' END,
       CASE WHEN m.chance % 3 > 0
            THEN CAST(DATE '1950-01-01' + CAST(m.chance % 20000 AS INTEGER) AS VARCHAR) END,
       FALSE, TIMESTAMP '2025-06-01' + to_days(CAST(m.chance % 500 AS INTEGER))
FROM (SELECT r.i, CAST(hash(r.i, 4) % 900000000007 AS BIGINT) AS chance FROM range($members) AS r(i)) AS m
""",
    """
INSERT INTO member_event (member_id, event, happened_at, day, month, amount, tier, recorded_at)
SELECT e.member_id, e.event, CAST(e.day AS TIMESTAMP) + INTERVAL 4 HOUR + to_seconds(e.place), e.day,
       date_trunc('month', e.day),
       CASE WHEN e.event = 'purchase' THEN 99.90 END, e.tier, TIMESTAMP '2026-11-01'
FROM (
    SELECT m.member_id, s.event, s.tier, s.place,
           CASE s.event
               WHEN 'joined' THEN m.joined
               WHEN 'left' THEN m.joined + 60 + CAST(m.chance // 5 % 500 AS INTEGER)
               WHEN 'returned' THEN m.joined + 600 + CAST(m.chance // 9 % 200 AS INTEGER)
               ELSE m.joined + CAST(hash(m.chance, s.place) % 700 AS INTEGER)
           END AS day
    FROM (
        SELECT 'M' || lpad(CAST(r.i AS VARCHAR), 8, '0') AS member_id,
               CAST(hash(r.i, 1) % 1000000007 AS BIGINT) AS chance,
               DATE '2023-01-01' + CAST(hash(r.i, 2) % 1200 AS INTEGER) AS joined
        FROM range($members) AS r(i)
    ) AS m
    JOIN (VALUES (1, 'joined', 'new'), (2, 'left', NULL), (3, 'returned', NULL), (4, 'purchase', NULL),
                 (5, 'purchase', NULL), (6, 'purchase', NULL), (7, 'tier', 'returning'),
                 (8, 'tier', 'vip')) AS s(place, event, tier)
        ON CASE s.event
               WHEN 'joined' THEN TRUE
               WHEN 'left' THEN m.chance % 5 = 0
               WHEN 'returned' THEN m.chance % 25 = 0
               ELSE hash(m.chance, s.place, 3) % 2 = 0
           END
) AS e
WHERE e.day < DATE '2026-11-01'
ORDER BY e.day
""",
)
# Six purchases of each of $members members, from the day of joining on.
PURCHASES = """
INSERT INTO member_event (member_id, event, happened_at, day, month, amount, recorded_at)
SELECT p.member_id, 'purchase', CAST(p.day AS TIMESTAMP) + INTERVAL 5 HOUR, p.day, date_trunc('month', p.day),
       CAST(10 + p.chance % 9000 / 100.0 AS DECIMAL(18, 2)), TIMESTAMP '2026-11-01'
FROM (
    SELECT 'M' || lpad(CAST(r.i AS VARCHAR), 8, '0') AS member_id,
           CAST(hash(r.i, k.k) % 1000007 AS BIGINT) AS chance,
           DATE '2023-01-01' + CAST(hash(r.i, 2) % 900 + hash(r.i, k.k, 9) % 480 AS INTEGER) AS day
    FROM range($members) AS r(i)
    CROSS JOIN range(6) AS k(k)
) AS p
ORDER BY p.day
"""

# What makes members likely to go beside what they buy: some of $members lapsed, answered, or complained.
RISKS = (
    """
INSERT INTO member_event (member_id, event, happened_at, day, month, recorded_at)
SELECT 'M' || lpad(CAST(l.i AS VARCHAR), 8, '0'), 'lapsed', CAST(l.day AS TIMESTAMP) + INTERVAL 6 HOUR, l.day,
       date_trunc('month', l.day), TIMESTAMP '2026-11-01'
FROM (
    SELECT r.i, DATE '2026-10-31' - CAST(hash(r.i, 11) % 300 AS INTEGER) AS day
    FROM range($members) AS r(i)
    WHERE r.i % 40 = 7
) AS l
ORDER BY l.day
""",
    """
INSERT INTO response
SELECT CAST(md5('risk' || CAST(g.i AS VARCHAR)) AS UUID),
       (SELECT coalesce(max(o.ingest_seq), 0) FROM response AS o) + row_number() OVER (ORDER BY g.day, g.i),
       s.questionnaire, s.questionnaire, 1, 'M' || lpad(CAST(g.i AS VARCHAR), 8, '0'), NULL, NULL,
       'light_form', 'zh', NULL, g.day + INTERVAL 4 HOUR, g.day + INTERVAL 4 HOUR, g.day,
       date_trunc('month', g.day), 1.0, CASE WHEN g.is_low THEN s.low ELSE s.high END, [], NULL
FROM (
    SELECT r.i, hash(r.i, 13) % 4 = 0 AS is_low,
           DATE '2026-10-31' - CAST(hash(r.i, 12) % 250 AS INTEGER) AS day
    FROM range($members) AS r(i)
    WHERE r.i % 5 = 3
) AS g
CROSS JOIN (
    SELECT q.questionnaire,
           list(CASE q.measures WHEN 'csat' THEN 1 WHEN 'nps' THEN 2 END ORDER BY q.score_position) AS low,
           list(CASE q.measures WHEN 'csat' THEN 5 WHEN 'nps' THEN 9 END ORDER BY q.score_position) AS high
    FROM question AS q
    WHERE q.questionnaire = 'customer-satisfaction' AND q.version = 1 AND q.score_position IS NOT NULL
    GROUP BY q.questionnaire
) AS s
ORDER BY g.day, g.i
""",
    """
INSERT INTO service_case_record (record_id, revision, withdrawn, recorded_at, recorded_by, category,
    received_at, received_day, resolved_at, resolved_day, member_id)
SELECT 'risk' || CAST(c.i AS VARCHAR), 1, FALSE, TIMESTAMP '2026-11-01', 'operator', 'complaint',
       c.day + INTERVAL 2 HOUR, c.day, CASE WHEN c.is_over THEN c.day + INTERVAL 30 HOUR END,
       CASE WHEN c.is_over THEN c.day + 1 END, 'M' || lpad(CAST(c.i AS VARCHAR), 8, '0')
FROM (
    SELECT r.i, hash(r.i, 15) % 10 > 0 AS is_over,
           DATE '2026-10-30' - CAST(hash(r.i, 14) % 300 AS INTEGER) AS day
    FROM range($members) AS r(i)
    WHERE r.i % 25 = 11
) AS c
ORDER BY c.day
""",
)

# $rows purchases more, each of another of $members members.
LATER = """
INSERT INTO member_event (member_id, event, happened_at, day, month, amount, recorded_at)
SELECT 'M' || lpad(CAST(r.i * 7919 % $members AS VARCHAR), 8, '0'), 'purchase',
       TIMESTAMP '2026-10-20 05:00:00', DATE '2026-10-20', DATE '2026-10-01', 12.50, TIMESTAMP '2026-11-01'
FROM range($rows) AS r(i)
"""

STATEMENTS = (
    f"""
INSERT INTO response
SELECT CAST(lpad(lower(to_hex(epoch_ms(c.at))), 12, '0') || '7' || substr(c.lot, 1, 3) || '8'
            || substr(c.lot, 4, 15) AS UUID),
       c.i + 1, 'bench', 'bench', 1,
       CASE WHEN c.chance % 10 < 7 THEN 'M' || lpad(CAST(c.chance // 16 % $members AS VARCHAR), 8, '0') END,
       ['new', 'returning', 'vip', NULL][1 + c.chance // 3 % 4],
       ['before', 'during', 'after', NULL][1 + c.chance // 11 % 4],
       ['light_form', 'page', 'api'][1 + c.chance // 47 % 3],
       ['zh', 'en'][1 + c.chance // 151 % 2],
       c.at - to_microseconds(30000000 + CAST(hash(c.i, 5) % 300000000 AS BIGINT)), c.at, c.at,
       CAST(c.at + INTERVAL 8 HOUR AS DATE), date_trunc('month', CAST(c.at + INTERVAL 8 HOUR AS DATE)), 1.0,
       [{SCORES}],
       CAST([NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL] AS VARCHAR[]), NULL
FROM (
    SELECT r.i, CAST(hash(r.i) % 1000000007 AS BIGINT) AS chance, md5(CAST(r.i AS VARCHAR)) AS lot,
           TIMESTAMP '2024-01-01 00:00:00'
           + to_microseconds(CAST(r.i * (1035.0 * 86400e6 / $responses) AS BIGINT)) AS at
    FROM range($responses) AS r(i)
) AS c
""",
    """
INSERT INTO response_choice
SELECT r.response_id, 'touchpoint', r.touchpoint, 1
FROM response AS r
WHERE r.survey = 'bench' AND r.touchpoint IS NOT NULL
""",
    *MEMBERS,
    """
INSERT INTO invitation (
    token_sha256, survey, wave, member_id, tier, language, response_id, created_at, expires_at, day)
SELECT md5(CAST(r.response_id AS VARCHAR)), 'bench', strftime(r.day, '%Y-%m'), r.member_id, r.tier,
       r.language,
       CASE WHEN r.ingest_seq % 20 < 8 THEN r.response_id
            ELSE CAST(md5(CAST(r.response_id AS VARCHAR)) AS UUID) END,
       r.submitted_at - INTERVAL 5 DAY, date_trunc('month', r.day) + INTERVAL 2 MONTH, r.day - 5
FROM response AS r
WHERE r.survey = 'bench' AND r.member_id IS NOT NULL AND hash(r.ingest_seq) % 5 = 0
""",
    """
INSERT INTO fieldwork_event (survey, response_id, event, version, page, question, shown_at, happened_at)
SELECT 'bench', i.response_id, s.event, 1, CASE WHEN s.event = 'page' THEN 0 END,
       CASE WHEN s.event = 'question' THEN 'recommend' END, i.created_at + INTERVAL 1 DAY,
       i.created_at + INTERVAL 1 DAY + to_seconds(s.place * 10)
           + to_milliseconds(CASE s.event WHEN 'page' THEN CAST(hash(i.response_id, 6) % 90000 AS INT)
                             ELSE 0 END)
FROM invitation AS i
JOIN (VALUES (0, 'opened'), (1, 'started'), (2, 'question'), (3, 'page')) AS s(place, event)
    ON hash(i.response_id) % 8 > s.place
WHERE i.survey = 'bench'
""",
)
