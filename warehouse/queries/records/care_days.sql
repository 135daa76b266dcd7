-- On which days of a span is care due, for how many, and for how many was it given?
SELECT d.due_on, d.occasion, CAST(sum(d.n) AS BIGINT) AS due,
       CAST(coalesce(sum(d.n) FILTER (d.given_on IS NOT NULL), 0) AS BIGINT) AS given
FROM care_day AS d
WHERE d.due_on >= $first AND d.due_on <= $last
GROUP BY d.due_on, d.occasion
HAVING sum(d.n) <> 0
ORDER BY d.due_on, d.occasion;
