-- Who of those of whom is told what happened to them is likely to go, and why, as of the local day $until; with the class of each by
-- the contract version $contract. Marks are those of members/risk_found_sealed.
INSERT INTO risk_found
WITH last_said AS (
    SELECT t.member_id, max(t.day) AS said_on,
           max_by(t.event, ROW(t.happened_at, t.recorded_at, place_at_instant(t.event))) AS said
    FROM risk_told AS t
    WHERE t.event IN ('joined', 'renewed', 'lapsed', 'left', 'returned')
    GROUP BY t.member_id
), bought AS (
    SELECT t.member_id, count(*) AS deals, coalesce(sum(t.amount), 0) AS spent, max(t.day) AS bought_on,
           count(CASE WHEN t.day >= CAST($until AS DATE) - 90 THEN 1 END) AS lately,
           count(CASE WHEN t.day < CAST($until AS DATE) - 90 AND t.day >= CAST($until AS DATE) - 180 THEN 1 END) AS early
    FROM risk_told AS t
    WHERE t.event = 'purchase'
    GROUP BY t.member_id
), stood AS (
    SELECT place_key(l.member_id) AS key, l.member_id, l.said <> 'lapsed' AS inside, coalesce(b.deals, 0) AS deals,
           coalesce(b.spent, 0) AS spent, b.bought_on,
           CASE WHEN l.said = 'lapsed' THEN 1 ELSE 0 END
           + CASE WHEN b.early >= 2 AND 2 * b.lately < b.early THEN 8 ELSE 0 END
           + CASE WHEN b.deals >= 2 AND b.bought_on < CAST($until AS DATE) - 180 THEN 16 ELSE 0 END AS marks
    FROM last_said AS l
    LEFT JOIN bought AS b ON b.member_id = l.member_id
    WHERE l.said IN ('joined', 'renewed', 'returned') OR (l.said = 'lapsed' AND l.said_on >= CAST($until AS DATE) - 180)
), marked AS (
    -- Complaints and scores count of who is still a member.
    SELECT s.key, s.member_id, s.inside, s.deals, s.spent, s.bought_on,
           s.marks | CASE WHEN s.inside THEN coalesce(e.marks, 0) ELSE 0 END AS marks
    FROM stood AS s
    LEFT JOIN risk_seen AS e ON e.key = s.key
), found AS (
    SELECT m.key, m.member_id, m.inside, m.deals, m.spent, m.bought_on, m.marks FROM marked AS m WHERE m.marks > 0
), reached AS (
    SELECT b.member_id, max_by(b.tier, b.place) AS derived
    FROM (SELECT t.member_id, r.place, r.tier
          FROM contract_tier AS r
          JOIN risk_told AS t ON t.event = 'purchase' AND (r.within_days IS NULL OR t.day >= CAST($until AS DATE) - r.within_days)
          WHERE r.sha256 = $contract
          GROUP BY t.member_id, r.place, r.tier, r.min_deals, r.min_amount
          HAVING count(*) >= r.min_deals OR sum(t.amount) >= r.min_amount) AS b
    GROUP BY b.member_id
), stated AS (
    SELECT t.member_id, nullif(max_by(coalesce(t.tier, ''), ROW(t.happened_at, t.recorded_at, coalesce(t.tier, ''))), '') AS said
    FROM risk_told AS t
    WHERE t.event = 'tier'
    GROUP BY t.member_id
), filed AS (
    SELECT f.member_id, max_by(f.channel, ROW(f.recorded_at, f.rowid)) AS channel
    FROM member AS f
    JOIN found AS n ON n.member_id = f.member_id
    GROUP BY f.member_id
)
SELECT n.key, n.member_id, f.channel, n.deals, n.spent, n.bought_on, n.marks,
       CASE WHEN n.inside THEN coalesce(d.said, r.derived, c.tier) END
FROM found AS n
LEFT JOIN filed AS f ON f.member_id = n.member_id
LEFT JOIN stated AS d ON d.member_id = n.member_id
LEFT JOIN reached AS r ON r.member_id = n.member_id
LEFT JOIN contract_tier AS c ON c.sha256 = $contract AND c.place = 1;
