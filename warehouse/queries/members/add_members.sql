-- Appends members, given as lists of equal length.
INSERT INTO member (member_id, language, channel, is_example, recorded_at)
SELECT t.member_id, t.language, t.channel, $is_example, $recorded_at
FROM (SELECT unnest(CAST($member_ids AS VARCHAR[])) AS member_id,
             unnest(CAST($languages AS VARCHAR[])) AS language,
             unnest(CAST($channels AS VARCHAR[])) AS channel) AS t;
