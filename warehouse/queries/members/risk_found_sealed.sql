-- Who of those with keys from $first to $last is likely to go, and why, as of the local day $until, where it is sealed how they
-- stand; with the class of each by the contract version $contract where $with_classes. Also whose renewal lapsed lately. Who bought
-- without joining is no member. Bits of marks: 1 lapsed; 2 complaint: a complaint or crisis is open; 4 low_score: the last answer of
-- 180 days was a detractor's or in the lower two grades; 8 falling: bought less than half as often in the last 90 days as in the 90
-- before (two or more); 16 silent: bought twice or more, and nothing for 180 days.
INSERT INTO risk_found
WITH stood AS (
    SELECT s.key, s.member_id, s.channel, s.inside, s.deals, s.spent, s.bought_on,
           CASE WHEN s.lapsed_on IS NULL THEN 0 ELSE 1 END
           + CASE WHEN s.deals >= 2 AND s.bought_on < CAST($until AS DATE) - 180 THEN 16 ELSE 0 END AS marks
    FROM standing_sealed AS s
    ANTI JOIN risk_asked AS a ON a.key = s.key
    WHERE s.key >= CAST($first AS UBIGINT) AND s.key <= CAST($last AS UBIGINT) AND s.last_day < CAST($until AS DATE)
      AND (s.inside OR s.lapsed_on >= CAST($until AS DATE) - 180)
), marked AS (
    -- Complaints and scores count of who is still a member.
    SELECT s.key, s.member_id, s.channel, s.inside, s.deals, s.spent, s.bought_on,
           s.marks | CASE WHEN f.key IS NULL THEN 0 ELSE 8 END | CASE WHEN s.inside THEN coalesce(e.marks, 0) ELSE 0 END AS marks
    FROM stood AS s
    LEFT JOIN risk_falling AS f ON f.key = s.key
    LEFT JOIN risk_seen AS e ON e.key = s.key
), classed AS (
    SELECT t.member_id, t.tier
    FROM tier_span_sealed AS t
    WHERE $with_classes AND t.rules = (SELECT k.rules FROM tier_rules AS k WHERE k.sha256 = $contract)
      AND t.since < CAST($until AS DATE) AND (t.until IS NULL OR t.until >= CAST($until AS DATE))
)
SELECT m.key, m.member_id, m.channel, m.deals, m.spent, m.bought_on, m.marks, CASE WHEN m.inside THEN c.tier END
FROM marked AS m
LEFT JOIN classed AS c ON c.member_id = m.member_id
WHERE m.marks > 0;
