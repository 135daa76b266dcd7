-- Of two classes stated for one instant the one recorded later counts, of these the last by its name: what is worked out from
-- the rows was left to chance there, and could differ from the rollup.

-- As before but for that.
CREATE OR REPLACE MACRO member_tier_on(cut, contract, known) AS TABLE
WITH told AS (
    SELECT h.member_id, h.event, h.day, h.amount, h.tier, h.happened_at, h.recorded_at
    FROM member_history_until(known) AS h
    WHERE h.day < cut AND h.event IN ('purchase', 'tier')
), standing AS (
    SELECT s.member_id, sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) > 0 AS inside
    FROM member_step_until(known) AS s
    WHERE s.day < cut
    GROUP BY s.member_id
), reached AS (
    SELECT b.member_id, max_by(b.tier, b.place) AS derived
    FROM (SELECT t.member_id, r.place, r.tier
          FROM contract_tier AS r
          JOIN told AS t ON t.event = 'purchase' AND (r.within_days IS NULL OR t.day >= cut - r.within_days)
          WHERE r.sha256 = contract
          GROUP BY t.member_id, r.place, r.tier, r.min_deals, r.min_amount
          HAVING count(*) >= r.min_deals OR sum(t.amount) >= r.min_amount) AS b
    GROUP BY b.member_id
), stated AS (
    SELECT t.member_id, nullif(max_by(coalesce(t.tier, ''), ROW(t.happened_at, t.recorded_at, coalesce(t.tier, ''))), '') AS said
    FROM told AS t
    WHERE t.event = 'tier'
    GROUP BY t.member_id
), present AS (
    SELECT s.member_id FROM standing AS s WHERE s.inside
    UNION
    SELECT t.member_id FROM told AS t
    WHERE t.event = 'purchase' AND t.member_id NOT IN (SELECT s.member_id FROM standing AS s)
)
SELECT p.member_id, coalesce(d.said, r.derived, f.tier) AS tier, d.said IS NOT NULL AS is_stated
FROM present AS p
LEFT JOIN stated AS d ON d.member_id = p.member_id
LEFT JOIN reached AS r ON r.member_id = p.member_id
-- The first class asks for nothing: whoever reaches no other is in it.
LEFT JOIN contract_tier AS f ON f.sha256 = contract AND f.place = 1;

CREATE OR REPLACE MACRO member_tier_on_each(cuts, contract, known) AS TABLE
WITH day_before AS (
    SELECT unnest(list_distinct(cuts)) AS cut
), told AS MATERIALIZED (
    SELECT h.member_id, h.event, h.day, h.amount, h.tier, h.happened_at, h.recorded_at
    FROM member_history_until(known) AS h
    WHERE h.event IN ('purchase', 'tier')
), standing AS MATERIALIZED (
    SELECT c.cut, s.member_id, sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) > 0 AS inside
    FROM day_before AS c
    JOIN member_step_until(known) AS s ON s.day < c.cut
    GROUP BY c.cut, s.member_id
), window_of AS (
    -- Rules that look back equally far count the same purchases.
    SELECT DISTINCT c.cut, c.cut - r.within_days AS since
    FROM day_before AS c
    JOIN contract_tier AS r ON r.sha256 = contract
), bought AS (
    SELECT w.cut, w.since, t.member_id, count(*) AS deals, sum(t.amount) AS amount
    FROM window_of AS w
    JOIN told AS t ON t.event = 'purchase' AND t.day < w.cut AND (w.since IS NULL OR t.day >= w.since)
    GROUP BY w.cut, w.since, t.member_id
), reached AS (
    SELECT b.cut, b.member_id, max_by(r.tier, r.place) AS derived
    FROM bought AS b
    JOIN contract_tier AS r ON r.sha256 = contract AND b.since IS NOT DISTINCT FROM b.cut - r.within_days
        AND (b.deals >= r.min_deals OR b.amount >= r.min_amount)
    GROUP BY b.cut, b.member_id
), stated AS (
    SELECT c.cut, t.member_id, nullif(max_by(coalesce(t.tier, ''), ROW(t.happened_at, t.recorded_at, coalesce(t.tier, ''))), '') AS said
    FROM day_before AS c
    JOIN told AS t ON t.event = 'tier' AND t.day < c.cut
    GROUP BY c.cut, t.member_id
), first_bought AS (
    SELECT t.member_id, min(t.day) AS day FROM told AS t WHERE t.event = 'purchase' GROUP BY t.member_id
), present AS (
    SELECT s.cut, s.member_id, TRUE AS is_member FROM standing AS s WHERE s.inside
    UNION ALL
    SELECT c.cut, f.member_id, FALSE
    FROM day_before AS c
    JOIN first_bought AS f ON f.day < c.cut
    ANTI JOIN standing AS s ON s.cut = c.cut AND s.member_id = f.member_id
)
SELECT p.cut, p.member_id, coalesce(d.said, r.derived, f.tier) AS tier, p.is_member
FROM present AS p
LEFT JOIN stated AS d ON d.cut = p.cut AND d.member_id = p.member_id
LEFT JOIN reached AS r ON r.cut = p.cut AND r.member_id = p.member_id
-- The first class asks for nothing: whoever reaches no other is in it.
LEFT JOIN contract_tier AS f ON f.sha256 = contract AND f.place = 1;
