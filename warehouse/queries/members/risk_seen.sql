-- Of whom is a complaint or crisis open (2), and who gave a low score lately (4), as of the local day $until? By "{cases}" and
-- "{answers}": all of them or those of some members.
CREATE OR REPLACE TEMP TABLE risk_seen AS
SELECT o.key, bit_or(o.mark) AS marks
FROM (
    SELECT place_key(c.member_id) AS key, CAST(2 AS BIGINT) AS mark FROM complaining_of($until, '{cases}') AS c
    UNION ALL
    SELECT place_key(l.member_id), 4 FROM low_scored_of($until, '{answers}') AS l
) AS o
GROUP BY o.key;
