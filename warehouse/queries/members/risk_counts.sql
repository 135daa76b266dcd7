-- How many are at risk, in all and for each reason; and how many rows of those with a bit of $bits come beside the list or go from it?
WITH story AS (
    SELECT c.marks, 1 AS n FROM risk_come AS c
    UNION ALL
    SELECT g.marks, -1 FROM risk_gone AS g
), ended AS (
    SELECT k.members, k.lapsed, k.complaint, k.low_score, k.falling, k.silent FROM risk_listed AS k
    UNION ALL
    SELECT sum(s.n), sum(s.n) FILTER (s.marks & 1 > 0), sum(s.n) FILTER (s.marks & 2 > 0), sum(s.n) FILTER (s.marks & 4 > 0),
           sum(s.n) FILTER (s.marks & 8 > 0), sum(s.n) FILTER (s.marks & 16 > 0)
    FROM story AS s
)
SELECT CAST(coalesce(sum(e.members), 0) AS BIGINT) AS members, CAST(coalesce(sum(e.lapsed), 0) AS BIGINT) AS lapsed,
       CAST(coalesce(sum(e.complaint), 0) AS BIGINT) AS complaint, CAST(coalesce(sum(e.low_score), 0) AS BIGINT) AS low_score,
       CAST(coalesce(sum(e.falling), 0) AS BIGINT) AS falling, CAST(coalesce(sum(e.silent), 0) AS BIGINT) AS silent,
       (SELECT count(*) FROM risk_come AS c WHERE c.marks & $bits > 0) AS come,
       (SELECT count(*) FROM risk_gone AS g WHERE g.marks & $bits > 0) AS gone
FROM ended AS e;
