-- id: member_growth
-- title: {en: Member growth, zh: 会员增长率}
-- kind: census
-- unit: percent
-- direction: higher
-- clause: {en: Retention and growth of members, zh: 会员的维系与增长}
-- words:
--   en: Members at the end of the period less members at its start, as a share of those at its start. A member counts
--     from joining or returning until leaving. While the period runs, its end is the day of the figures.
--   zh: 周期末会员数减去周期初会员数，再除以周期初会员数。会员自入会或回归起计入，至退会为止。周期进行中以数据截止日作为期末。
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
