-- id: member_won_back
-- title: {en: Members won back, zh: 会员挽回率}
-- kind: census
-- unit: percent
-- direction: higher
-- clause: {en: Qualification and retention of members, zh: 会员资格与保留}
-- words:
--   en: Of those who had left or lapsed before the period, the share who are members at its end. While the period runs, its
--     end is the day of the figures.
--   zh: 周期初已退会或到期的人中，周期末重新成为会员的比例。周期进行中以数据截止日作为期末。
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
