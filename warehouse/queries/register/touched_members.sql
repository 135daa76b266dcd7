-- How many of the arrived members have a file or an event that was recorded with this import?
SELECT count(*) AS touched
FROM (SELECT m.member_id
      FROM member AS m
      WHERE m.recorded_at = $recorded_at AND m.member_id IN (SELECT a.member_id FROM arrived_members AS a)
      UNION
      SELECT e.member_id
      FROM member_event AS e
      WHERE e.recorded_at = $recorded_at AND e.member_id IN (SELECT a.member_id FROM arrived_members AS a)) AS t;
