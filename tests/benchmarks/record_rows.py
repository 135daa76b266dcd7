"""The records of a large register as SQL: what $members members bring with them. Chance is a hash."""

OWN = "record_id, revision, withdrawn, recorded_at, recorded_by"
DAY = "CAST(current_date AS DATE)"
# $members members of whom 60 of 100 agree; a tenth as many cases in three years, each entered, answered and,
# but for 2 of 100 of the later half, resolved; a year of care for who agrees, 19 of 20 given.
ROWS = (
    f"""
INSERT INTO care_consent_record ({OWN}, member_id, agrees, said_on, source)
SELECT 'C' || CAST(r.i AS VARCHAR), 1, FALSE, TIMESTAMP '2025-06-01', 'operator',
       'M' || lpad(CAST(r.i AS VARCHAR), 8, '0'), TRUE, DATE '2025-01-01', 'form'
FROM range($members) AS r(i)
WHERE r.i % 10 < 6
""",
    f"""
INSERT INTO service_case_record (
    {OWN}, subject, category, severity, channel, received_at, received_day,
    first_response_at, first_response_day, resolved_at, resolved_day, handling_score, member_id,
    respond_by_at, respond_by_day, resolve_by_at, resolve_by_day)
SELECT 'K' || CAST(c.i AS VARCHAR), s.revision, FALSE, c.at + to_hours(c.answered * (s.revision - 1)),
       'party_b', 'What somebody asked ' || CAST(c.i AS VARCHAR),
       ['question', 'feedback', 'complaint', 'crisis'][1 + c.chance % 4],
       ['low', 'normal', 'high', 'critical'][1 + c.chance // 4 % 4], 
       ['hotline', 'shop', 'website', 'mail'][1 + c.chance // 16 % 4],
       c.at, CAST(c.at + INTERVAL 8 HOUR AS DATE),
       CASE WHEN s.revision > 1 THEN c.at + to_hours(c.answered) END,
       CASE WHEN s.revision > 1
            THEN CAST(c.at + INTERVAL 8 HOUR + to_hours(c.answered) AS DATE) END,
       CASE WHEN s.revision > 2 THEN c.at + to_hours(c.solved) END,
       CASE WHEN s.revision > 2
            THEN CAST(c.at + INTERVAL 8 HOUR + to_hours(c.solved) AS DATE) END,
       CASE WHEN s.revision > 2 AND c.chance % 3 = 0 THEN 1 + c.chance // 64 % 5 END,
       'M' || lpad(CAST(c.chance % $members AS VARCHAR), 8, '0'),
       c.at + INTERVAL 8 HOUR, CAST(c.at + INTERVAL 16 HOUR AS DATE),
       c.at + INTERVAL 3 DAY, CAST(c.at + INTERVAL 80 HOUR AS DATE)
FROM (
    SELECT r.i, CAST(hash(r.i, 5) % 1000000007 AS BIGINT) AS chance,
           CAST(hash(r.i, 6) % 9 AS INTEGER) AS answered, CAST(9 + hash(r.i, 7) % 90 AS INTEGER) AS solved,
           CAST({DAY} - 1095 AS TIMESTAMP)
           + to_seconds(CAST(r.i * 94600000.0 / ($members // 10) AS BIGINT)) AS at
    FROM range($members // 10) AS r(i)
) AS c
JOIN range(1, 4) AS s(revision) ON s.revision < 3 OR c.i % 50 > 0 OR c.i < $members // 20
ORDER BY c.at + to_hours(c.answered * (s.revision - 1)), s.revision
""",
    f"""
INSERT INTO care_task_record ({OWN}, plan, occasion, member_id, due_on, channel, given_on)
SELECT 'G-' || left(sha256(t.plan || '/' || CAST(t.due_on AS VARCHAR) || '/' || t.member_id), 20),
       s.revision, FALSE,
       CAST(t.due_on AS TIMESTAMP), CASE s.revision WHEN 1 THEN 'plan' ELSE 'party_b' END,
       t.plan, t.occasion, t.member_id,
       t.due_on, 'text_message', CASE WHEN s.revision = 2 THEN t.due_on END
FROM (
    SELECT m.member_id, m.i, d.plan, d.occasion,
           CASE d.plan WHEN 'BIRTHDAY' THEN {DAY} - 366 + CAST(hash(m.i) % 365 AS INTEGER)
                       ELSE d.due_on END AS due_on
    FROM (
        SELECT r.i, 'M' || lpad(CAST(r.i AS VARCHAR), 8, '0') AS member_id
        FROM range($members) AS r(i)
        WHERE r.i % 10 < 6
    ) AS m
    CROSS JOIN (VALUES ('BIRTHDAY', 'Birthday', NULL), ('SPRING', 'Spring', {DAY} - 280),
                       ('MOON', 'Moon', {DAY} - 40))
        AS d(plan, occasion, due_on)
) AS t
JOIN (VALUES (1), (2)) AS s(revision) ON s.revision = 1 OR t.i % 20 > 0
ORDER BY t.due_on, s.revision
""",
    f"""
INSERT INTO service_check_record ({OWN}, standard, checked_on, result, finding)
SELECT 'H' || CAST(r.i AS VARCHAR), 1, FALSE, TIMESTAMP '2026-06-01', 'party_a',
       'Standard ' || CAST(r.i % 40 AS VARCHAR),
       {DAY} - CAST(r.i % 1000 AS INTEGER), CASE WHEN r.i % 5 = 0 THEN 'failed' ELSE 'passed' END,
       CASE WHEN r.i % 5 = 0 THEN 'What was found ' || CAST(r.i AS VARCHAR) END
FROM range($members // 50) AS r(i)
""",
    f"""
INSERT INTO budget_line_record ({OWN}, title, booked_on, planned, spent)
SELECT 'B' || CAST(r.i AS VARCHAR), 1, FALSE, TIMESTAMP '2026-06-01', 'party_b',
       'Line ' || CAST(r.i AS VARCHAR),
       {DAY} - CAST(r.i % 900 AS INTEGER), 1000 + r.i, 990 + r.i
FROM range($members // 1000) AS r(i)
""",
)
