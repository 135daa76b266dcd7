-- Which link of each member of this wave is the last, and did it bounce?
SELECT i.member_id, i.token_sha256,
       EXISTS (
           SELECT 1 FROM invitation_event AS b WHERE b.token_sha256 = i.token_sha256 AND b.event = 'bounced'
       ) AS is_bounced
FROM invitation_state AS i
WHERE i.survey = $survey AND i.wave = $wave AND i.is_latest;
