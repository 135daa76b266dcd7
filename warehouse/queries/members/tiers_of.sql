-- Which class is each of these customers in before the local day $until, by the contract version $contract, and has somebody
-- stated it? As member_tier_on, from their own rows alone. No row who is not there, or counts as another one.
WITH own AS (
    SELECT o.member_id, o.member_id AS stated_id FROM (SELECT unnest(CAST($members AS VARCHAR[])) AS member_id) AS o
    WHERE o.member_id NOT IN (SELECT a.member_id FROM member_alias AS a)
    UNION ALL
    SELECT a.kept_id, a.member_id FROM member_alias AS a WHERE list_contains(CAST($members AS VARCHAR[]), a.kept_id)
), lies AS (
    SELECT p.place, o.member_id, o.stated_id FROM own AS o JOIN event_place AS p ON p.key = place_key(o.stated_id)
), told AS MATERIALIZED (
    SELECT l.member_id, e.event, e.day, e.amount, e.tier, e.happened_at, e.recorded_at
    FROM member_event AS e
    JOIN lies AS l ON l.place = e.rowid AND l.stated_id = e.member_id
    WHERE e.day < CAST($until AS DATE) AND NOT EXISTS (
        SELECT 1 FROM member_event_replaced AS r WHERE r.event_key = e.event_key AND r.revision = e.revision)
), reached AS (
    SELECT b.member_id, max_by(b.tier, b.place) AS derived
    FROM (SELECT t.member_id, r.place, r.tier
          FROM contract_tier AS r
          JOIN told AS t ON t.event = 'purchase' AND (r.within_days IS NULL OR t.day >= CAST($until AS DATE) - r.within_days)
          WHERE r.sha256 = $contract
          GROUP BY t.member_id, r.place, r.tier, r.min_deals, r.min_amount
          HAVING count(*) >= r.min_deals OR sum(t.amount) >= r.min_amount) AS b
    GROUP BY b.member_id
), stated AS (
    SELECT t.member_id, nullif(max_by(coalesce(t.tier, ''), ROW(t.happened_at, t.recorded_at, coalesce(t.tier, ''))), '') AS said
    FROM told AS t
    WHERE t.event = 'tier'
    GROUP BY t.member_id
), present AS (
    SELECT t.member_id
    FROM told AS t
    GROUP BY t.member_id
    HAVING max_by(t.event IN ('joined', 'renewed', 'returned'), ROW(t.happened_at, t.recorded_at, place_at_instant(t.event)))
               FILTER (t.event IN ('joined', 'renewed', 'lapsed', 'left', 'returned'))
        OR (bool_or(t.event = 'purchase') AND NOT bool_or(t.event IN ('joined', 'renewed', 'returned')))
)
SELECT p.member_id, coalesce(d.said, r.derived, f.tier) AS tier, d.said IS NOT NULL AS is_stated
FROM present AS p
LEFT JOIN stated AS d ON d.member_id = p.member_id
LEFT JOIN reached AS r ON r.member_id = p.member_id
LEFT JOIN contract_tier AS f ON f.sha256 = $contract AND f.place = 1;
