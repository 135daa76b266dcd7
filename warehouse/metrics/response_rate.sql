-- id: response_rate
-- title: {en: Response rate, zh: 回收率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- clause: {en: Surveys held regularly, zh: 定期开展满意度调查}
-- words:
--   en: Of the members invited personally in the period, the share who answered, whenever they did. A member counts
--     once for each wave, in the period of the first invitation to it; those whose invitation was revoked unanswered or
--     could not be delivered are counted too.
--   zh: 周期内收到个人邀请的会员中，已作答的比例（不论何时作答）。每位会员在每一批次只计一次，归入首次邀请所在的周期；未作答而被撤回或未送达的邀请同样计入。
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
