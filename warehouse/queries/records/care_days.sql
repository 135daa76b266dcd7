-- On which days of a span is care due, for how many, and for how many was it given?
SELECT t.due_on, t.occasion, count(*) AS due, count(t.given_on) AS given
FROM care_task AS t
WHERE t.due_on >= $first AND t.due_on <= $last
GROUP BY t.due_on, t.occasion
ORDER BY t.due_on, t.occasion;
