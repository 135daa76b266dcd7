-- What does the metric member_won_back come to, counted from the rows up to a basis and not from the rollups?
WITH balance AS (
    -- A member's steps add up to 1 while they are a member and to 0 while they are not.
    SELECT p.period, s.member_id, count(CASE WHEN s.day < p.starts_on THEN 1 END) AS steps_before,
           sum(CASE WHEN s.day >= p.starts_on THEN 0 WHEN s.step = 'left' THEN -1 ELSE 1 END) AS before,
           sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) AS after
    FROM contract_period AS p
    JOIN member_step_until($members_until) AS s ON s.day < p.ends_on AND s.day < $as_of
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period, s.member_id
)
SELECT p.period, '' AS segment, count(b.member_id) AS opening, count(CASE WHEN b.after > 0 THEN 1 END) AS closing,
       100.0 * count(CASE WHEN b.after > 0 THEN 1 END) / nullif(count(b.member_id), 0) AS value
FROM contract_period AS p
LEFT JOIN balance AS b ON b.period = p.period AND b.steps_before > 0 AND b.before = 0
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
