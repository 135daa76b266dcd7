-- Of the members before $start, the first of a month, by class and channel then and by the year of joining: how many, and how
-- many of them are members before the local day $end? The dimension '' is everybody.
WITH counted AS (
    SELECT k.dimension, k.group_name, sum(CASE WHEN k.day < $start THEN k.n ELSE 0 END) AS opening, sum(k.n) AS kept
    FROM tier_kept AS k
    WHERE k.rules = (SELECT r.rules FROM tier_rules AS r WHERE r.sha256 = $contract) AND k.anchor <= $start AND k.day < $end
    GROUP BY k.dimension, k.group_name
), told AS (
    SELECT c.dimension, c.group_name, c.opening, c.kept FROM counted AS c
    UNION ALL
    SELECT '', '', c.opening, c.kept FROM counted AS c WHERE c.dimension = 'tier'
)
SELECT t.dimension, t.group_name, CAST(sum(t.opening) AS BIGINT) AS members_before, CAST(sum(t.kept) AS BIGINT) AS members_after
FROM told AS t
GROUP BY t.dimension, t.group_name
HAVING sum(t.opening) > 0
ORDER BY t.dimension, CASE WHEN t.dimension = 'cohort' THEN 0 ELSE sum(t.opening) END DESC, t.group_name;
