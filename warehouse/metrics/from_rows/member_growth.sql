-- What does the metric member_growth come to, counted from the rows up to a basis and not from the rollups?
WITH movement AS (
    SELECT e.day, CASE WHEN e.step = 'left' THEN -1 ELSE 1 END AS change
    FROM member_step_until($members_until) AS e
), balance AS (
    SELECT p.period,
           coalesce(sum(CASE WHEN m.day < p.starts_on THEN m.change ELSE 0 END), 0) AS opening,
           coalesce(sum(m.change), 0) AS closing
    FROM contract_period AS p
    LEFT JOIN movement AS m ON m.day < p.ends_on AND m.day < $as_of
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period
)
SELECT b.period, '' AS segment, b.opening, b.closing,
       CASE WHEN b.opening > 0 THEN 100.0 * (b.closing - b.opening) / b.opening END AS value
FROM balance AS b;
