-- What does the metric response_rate come to, counted from the rows up to a basis and not from the rollups?
WITH asked AS (
    SELECT i.response_id, min(coalesce(i.day, CAST(i.created_at AS DATE))) AS first_day, max(i.tier) AS held_tier
    FROM invitation AS i
    WHERE i.survey = $survey AND i.created_at <= $invitations_until
    GROUP BY i.response_id
), invited AS (
    SELECT p.period, a.held_tier, coalesce(CAST(r.response_id AS VARCHAR), k.mark) AS answered
    FROM contract_period AS p
    JOIN asked AS a ON a.first_day >= p.starts_on AND a.first_day < p.ends_on AND a.first_day < $as_of
    LEFT JOIN response AS r ON r.response_id = a.response_id AND r.day < $as_of AND r.ingest_seq <= $last_seq
    LEFT JOIN anonymous_mark AS k ON k.mark = sha256(CAST(a.response_id AS VARCHAR))
    WHERE p.sha256 = $contract
), counted AS (
    SELECT p.period, '' AS tier, count(v.period) AS opening,
           count(v.answered) AS closing
    FROM contract_period AS p
    LEFT JOIN invited AS v ON v.period = p.period
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period
    UNION ALL
    SELECT v.period, v.held_tier, count(*), count(v.answered)
    FROM invited AS v
    WHERE v.held_tier IS NOT NULL
    GROUP BY v.period, v.held_tier
)
SELECT c.period, c.tier AS segment, c.opening, c.closing,
       CASE WHEN c.opening > 0 THEN 100.0 * c.closing / c.opening END AS value
FROM counted AS c;
