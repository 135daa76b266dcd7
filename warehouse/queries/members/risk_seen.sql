-- Of whom is a complaint or crisis open (2), and who gave a low score lately (4), as of the local day $until?
CREATE OR REPLACE TEMP TABLE risk_seen AS
SELECT o.key, bit_or(o.mark) AS marks
FROM (
    SELECT place_key(c.member_id) AS key, CAST(2 AS BIGINT) AS mark FROM complaining($until) AS c
    UNION ALL
    SELECT place_key(l.member_id), 4 FROM low_scored($until) AS l
) AS o
GROUP BY o.key;
