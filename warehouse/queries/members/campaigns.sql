-- What did each campaign begun before a day cost and bring: members as it reports them, and those of the register who
-- joined by its channel on its days; how many of these are members still, and by how much they made the membership grow?
WITH came AS (
    -- What happened to a member before a day adds up to 1 while they are one.
    SELECT r.channel, r.joined_on, sum(CASE WHEN r.step = 'joined' THEN r.n ELSE 0 END) AS registered,
           sum(CASE WHEN r.step = 'left' THEN -r.n ELSE r.n END) AS still
    FROM recruit AS r
    WHERE r.day < $until
    GROUP BY r.channel, r.joined_on
), joined AS (
    SELECT c.record_id, CAST(sum(m.registered) AS BIGINT) AS registered, CAST(sum(m.still) AS BIGINT) AS still
    FROM campaign AS c
    JOIN came AS m ON m.channel = c.channel AND m.joined_on >= c.started_on AND m.joined_on <= c.ended_on
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
