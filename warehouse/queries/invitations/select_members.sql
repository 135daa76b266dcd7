-- Which members of the register fit, in the order of a lot drawn with this seed, and how many are they before the sample?
-- A condition that is NULL asks nothing. A duplicate counts as the member it was merged into. A member's steps add up to 1 while they are a member; the tier is
-- the last given.
-- Windows are of local days: bought from that day on; invited to no survey from that day on (made before there was a
-- local day, an invitation has its day in UTC).
WITH person AS (
    SELECT m.member_id, m.language AS spoken, m.channel AS joined_by
    FROM member_file AS m
), history AS (
    SELECT e.member_id, max_by(e.tier, ROW(e.happened_at, e.recorded_at, e.tier)) FILTER (e.tier IS NOT NULL) AS last_tier,
           max(e.day) FILTER (e.event = 'purchase') AS bought_on
    FROM member_history AS e
    WHERE e.happened_at <= $now
    GROUP BY e.member_id
), standing AS (
    SELECT s.member_id, sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) AS steps
    FROM member_step AS s
    WHERE s.happened_at <= $now
    GROUP BY s.member_id
), lately AS (
    SELECT coalesce(a.kept_id, i.member_id) AS member_id
    FROM invitation AS i
    LEFT JOIN member_alias AS a ON a.member_id = i.member_id
    WHERE coalesce(i.day, CAST(i.created_at AS DATE)) >= $invited_from
), fitting AS (
    SELECT p.member_id, h.last_tier, p.spoken, md5(concat($seed, ':', p.member_id)) AS lot
    FROM person AS p
    LEFT JOIN history AS h ON h.member_id = p.member_id
    LEFT JOIN standing AS n ON n.member_id = p.member_id
    WHERE (NOT $current OR n.steps > 0)
      AND ($tiers IS NULL OR list_contains($tiers, h.last_tier))
      AND ($languages IS NULL OR list_contains($languages, p.spoken))
      AND ($channels IS NULL OR list_contains($channels, p.joined_by))
      AND ($bought_from IS NULL OR h.bought_on >= $bought_from)
      AND ($invited_from IS NULL OR NOT EXISTS (SELECT 1 FROM lately AS i WHERE i.member_id = p.member_id))
), drawn AS (
    SELECT f.member_id, f.last_tier, f.spoken, row_number() OVER (ORDER BY f.lot, f.member_id) AS place,
           count(*) OVER () AS matched
    FROM fitting AS f
)
SELECT d.member_id, d.last_tier, d.spoken, d.matched
FROM drawn AS d
WHERE $sample IS NULL OR d.place <= $sample
ORDER BY CASE WHEN $sample IS NULL THEN 0 ELSE d.place END, d.member_id;
