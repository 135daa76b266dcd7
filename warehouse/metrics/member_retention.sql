-- id: member_retention
-- title: {en: Members retained, zh: 会员保留率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- clause: {en: Retention and growth of members, zh: 会员的维系与增长}
-- words:
--   en: Of the members at the start of the period, the share who are members at its end. Whoever left and returned in
--     between is retained; whoever joined in between is not counted. While the period runs, its end is the day of the
--     figures.
--   zh: 周期初的会员中，周期末仍为会员的比例。期间退会后又回归的计为保留；期间新入会的不计入。周期进行中以数据截止日作为期末。
WITH balance AS (
    -- A member's steps add up to 1 while they are a member and to 0 while they are not.
    SELECT p.period, e.member_id,
           sum(CASE WHEN e.day < p.starts_on THEN CASE WHEN e.step = 'left' THEN -1 ELSE 1 END ELSE 0 END) AS before,
           sum(CASE WHEN e.step = 'left' THEN -1 ELSE 1 END) AS after
    FROM contract_period AS p
    JOIN member_step_until($members_until) AS e ON e.day < p.ends_on AND e.day < $as_of
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period, e.member_id
), kept AS (
    SELECT p.period, count(CASE WHEN b.before > 0 THEN 1 END) AS opening,
           count(CASE WHEN b.before > 0 AND b.after > 0 THEN 1 END) AS closing
    FROM contract_period AS p
    LEFT JOIN balance AS b ON b.period = p.period
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period
)
SELECT k.period, '' AS segment, k.opening, k.closing,
       CASE WHEN k.opening > 0 THEN 100.0 * k.closing / k.opening END AS value
FROM kept AS k;
