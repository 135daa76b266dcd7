-- How many rows has a sealed table, and how many had it when its rows were merged last?
SELECT (SELECT count(*) FROM "{table}") AS row_count,
       (SELECT coalesce(max(k.sealed_to), 0) FROM rollup_mark AS k WHERE k.source = $source) AS merged;
