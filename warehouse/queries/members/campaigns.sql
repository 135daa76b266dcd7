-- What did each campaign begun before a day cost and bring: members as it reports them, and those of the register who
-- joined by its channel on its days; how many of these are members still, and by how much they made the membership grow?
WITH standing AS (
    SELECT s.member_id, sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) > 0 AS inside
    FROM member_step AS s
    WHERE s.day < $until
    GROUP BY s.member_id
), joined AS (
    SELECT c.record_id, count(*) AS registered, count(CASE WHEN n.inside THEN 1 END) AS still
    FROM campaign AS c
    JOIN member_step AS s ON s.step = 'joined' AND s.day >= c.started_on AND s.day <= c.ended_on AND s.day < $until
    JOIN member_file AS f ON f.member_id = s.member_id AND f.channel = c.channel
    JOIN standing AS n ON n.member_id = s.member_id
    GROUP BY c.record_id
), opening AS (
    SELECT c.record_id, CAST(coalesce(sum(CASE WHEN d.step = 'left' THEN -d.n ELSE d.n END), 0) AS BIGINT) AS members
    FROM campaign AS c
    LEFT JOIN member_day AS d ON d.day < c.started_on
    GROUP BY c.record_id
)
SELECT c.record_id, c.title, c.channel, c.started_on, c.ended_on, c.cost, c.new_members,
       CAST(c.cost / nullif(c.new_members, 0) AS DOUBLE) AS cost_per_new, coalesce(j.registered, 0) AS registered_members,
       CAST(c.cost / nullif(j.registered, 0) AS DOUBLE) AS cost_per_registered, coalesce(j.still, 0) AS still_members,
       o.members AS opening_members, 100.0 * coalesce(j.registered, 0) / nullif(o.members, 0) AS growth_percent
FROM campaign AS c
JOIN opening AS o ON o.record_id = c.record_id
LEFT JOIN joined AS j ON j.record_id = c.record_id
WHERE c.started_on < $until
ORDER BY c.ended_on DESC, c.record_id;
