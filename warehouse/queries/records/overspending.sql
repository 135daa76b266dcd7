-- Which budget lines of the period that runs, and all of them together, have more spent than planned, or will have at
-- the pace so far? Pace is told once a fifth of the period is over; the total comes first, without a number.
WITH running AS (
    SELECT p.period, p.starts_on, p.ends_on, datediff('day', p.starts_on, $as_of) AS gone,
           datediff('day', p.starts_on, p.ends_on) AS days
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of AND p.ends_on >= $as_of
), line AS (
    SELECT r.period, r.ends_on, r.gone, r.days, b.record_id, b.title, b.planned, coalesce(b.spent, 0) AS spent
    FROM running AS r
    JOIN budget_line AS b ON b.booked_on >= r.starts_on AND b.booked_on < r.ends_on
), told AS (
    SELECT n.period, n.ends_on, n.gone, n.days, n.record_id, n.title, n.planned, n.spent
    FROM line AS n
    UNION ALL
    SELECT n.period, n.ends_on, n.gone, n.days, '', '', sum(n.planned), sum(n.spent)
    FROM line AS n
    GROUP BY n.period, n.ends_on, n.gone, n.days
)
SELECT d.period, d.ends_on, d.record_id, d.title, CAST(d.planned AS DECIMAL(18, 2)) AS plan,
       CAST(d.spent AS DECIMAL(18, 2)) AS so_far, CAST(round(d.spent * d.days / d.gone, 2) AS DECIMAL(18, 2)) AS projected,
       d.spent > d.planned AS is_over
FROM told AS d
WHERE d.spent > d.planned OR (5 * d.gone >= d.days AND d.spent * d.days > d.planned * d.gone)
ORDER BY d.record_id <> '', d.spent > d.planned DESC, d.record_id;
