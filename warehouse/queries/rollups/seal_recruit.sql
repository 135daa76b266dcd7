-- Counts what changed in who joined by which channel, and in when they returned and left.
INSERT INTO "{into}"
SELECT t.channel, t.joined_on, t.day, t.step, sum(t.n)
FROM recruit_of('member_step_fresh', 'file_version_fresh') AS t
GROUP BY t.channel, t.joined_on, t.day, t.step
HAVING sum(t.n) <> 0
ORDER BY ALL;
