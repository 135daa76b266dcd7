-- What was kept of the member whom this token invites?
SELECT f.sealed
FROM invitation_field AS f
WHERE f.token_sha256 = $token_sha256;
