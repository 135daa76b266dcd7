-- How complete, valid and fresh are the files of the members there before the local day $until, by class and field?
-- The class '' is everybody. What makes a value valid is what `metrics/file_validity.sql` says.
WITH told AS (
    SELECT '' AS tier, d.fact, sum(d.n) AS n FROM file_day AS d WHERE d.day < CAST($until AS DATE) GROUP BY d.fact
    UNION ALL
    SELECT t.tier, t.fact, sum(t.n)
    FROM tier_file AS t
    WHERE t.rules = (SELECT k.rules FROM tier_rules AS k WHERE k.sha256 = $contract) AND t.day < CAST($until AS DATE)
    GROUP BY t.tier, t.fact
), field AS (
    SELECT f.name, f.place
    FROM (SELECT unnest(['name', 'phone', 'email', 'birthday', 'gender', 'city']) AS name, unnest(range(6)) AS place) AS f
), counted AS (
    SELECT t.tier, f.name AS field, f.place,
           CAST(coalesce(sum(CASE WHEN t.fact = 'member' THEN t.n END), 0) AS BIGINT) AS members,
           CAST(coalesce(sum(CASE WHEN t.fact = f.name THEN t.n END), 0) AS BIGINT) AS filled,
           CAST(coalesce(sum(CASE WHEN t.fact = f.name || ' fits' THEN t.n END), 0) AS BIGINT) AS fitting,
           CAST(coalesce(sum(CASE WHEN t.fact = 'fresh' THEN t.n END), 0) AS BIGINT) AS fresh
    FROM told AS t
    CROSS JOIN field AS f
    GROUP BY t.tier, f.name, f.place
)
SELECT c.tier, c.field, c.members, c.filled,
       CASE WHEN c.field IN ('phone', 'email', 'birthday') THEN c.fitting END AS valid, c.fresh
FROM counted AS c
WHERE c.members > 0
ORDER BY c.tier, c.place;
