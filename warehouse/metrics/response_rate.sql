-- id: response_rate
-- title: {en: Response rate, zh: 回收率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: satisfaction
-- clause: {en: Surveys held regularly, zh: 定期开展满意度调查}
-- words:
--   en: Of the members invited personally in the period, the share who answered, whenever they did. A member counts
--     once for each wave, in the period of the first invitation to it; those whose invitation was revoked unanswered or
--     could not be delivered are counted too.
--   zh: 周期内收到个人邀请的会员中，已作答的比例（不论何时作答）。每位会员在每一批次只计一次，归入首次邀请所在的周期；未作答而被撤回或未送达的邀请同样计入。
WITH marked AS (
    -- Answers to an anonymous survey have a mark and no day.
    SELECT i.response_id, min(coalesce(i.day, CAST(i.created_at AS DATE))) AS first_day, max(i.tier) AS tier
    FROM anonymous_mark AS k
    JOIN invitation AS i ON i.survey = $survey AND k.mark = sha256(CAST(i.response_id AS VARCHAR))
    GROUP BY i.response_id
), asked AS (
    SELECT i.first_day, i.tier AS held_tier, i.n, CASE WHEN i.answered_on < $as_of THEN i.n ELSE 0 END AS answers
    FROM invited AS i
    WHERE i.survey = $survey
    UNION ALL
    SELECT m.first_day, m.tier, 0, 1
    FROM marked AS m
), daily AS (
    SELECT a.first_day, a.held_tier, sum(a.n) AS opening, sum(a.answers) AS closing
    FROM asked AS a
    GROUP BY a.first_day, a.held_tier
), in_period AS (
    SELECT p.period, d.held_tier, d.opening, d.closing
    FROM contract_period AS p
    JOIN daily AS d ON d.first_day >= p.starts_on AND d.first_day < p.ends_on AND d.first_day < $as_of
    WHERE p.sha256 = $contract
), counted AS (
    SELECT p.period, '' AS tier, coalesce(sum(v.opening), 0) AS opening, coalesce(sum(v.closing), 0) AS closing
    FROM contract_period AS p
    LEFT JOIN in_period AS v ON v.period = p.period
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
    GROUP BY p.period
    UNION ALL
    SELECT v.period, v.held_tier, sum(v.opening), sum(v.closing)
    FROM in_period AS v
    WHERE v.held_tier IS NOT NULL
    GROUP BY v.period, v.held_tier
    HAVING sum(v.opening) <> 0  -- a member invited again in another class leaves nobody in the one before
)
SELECT c.period, c.tier AS segment, c.opening, c.closing,
       CASE WHEN c.opening > 0 THEN 100.0 * c.closing / c.opening END AS value
FROM counted AS c;
