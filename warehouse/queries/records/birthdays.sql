-- On which days were members born at all?
SELECT strftime(b.born, '%Y-%m-%d') AS born
FROM (SELECT DISTINCT TRY_CAST(f.birthday AS DATE) AS born FROM member_file AS f) AS b
WHERE b.born IS NOT NULL;
