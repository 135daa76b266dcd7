-- What does the metric member_churn come to, counted from the rows up to a basis and not from the rollups?
WITH balance AS (
    -- A member's steps add up to 1 while they are a member and to 0 while they are not.
    SELECT p.period, e.member_id,
           sum(CASE WHEN e.day < p.starts_on THEN CASE WHEN e.step = 'left' THEN -1 ELSE 1 END ELSE 0 END) AS before,
           sum(CASE WHEN e.step = 'left' THEN -1 ELSE 1 END) AS after
    FROM contract_period AS p
    JOIN member_step_until($members_until) AS e ON e.day < p.ends_on AND e.day < $as_of
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period, e.member_id
), lost AS (
    SELECT p.period, count(CASE WHEN b.before > 0 THEN 1 END) AS opening,
           count(CASE WHEN b.before > 0 AND b.after <= 0 THEN 1 END) AS closing
    FROM contract_period AS p
    LEFT JOIN balance AS b ON b.period = p.period
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period
)
SELECT l.period, '' AS segment, l.opening, l.closing,
       CASE WHEN l.opening > 0 THEN 100.0 * l.closing / l.opening END AS value
FROM lost AS l;
