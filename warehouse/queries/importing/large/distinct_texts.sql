-- About how many distinct texts has a use?
SELECT approx_count_distinct(u.text) AS n FROM "{view}" AS u;
