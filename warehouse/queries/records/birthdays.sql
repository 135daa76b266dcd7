-- Which birthdays, as month and day, have members at all?
SELECT DISTINCT strftime(TRY_CAST(f.birthday AS DATE), '%m-%d') AS birthday
FROM member_file AS f
WHERE TRY_CAST(f.birthday AS DATE) IS NOT NULL;
