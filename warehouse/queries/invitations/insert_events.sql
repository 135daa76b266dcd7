-- Keeps what was done to these invitations.
INSERT INTO invitation_event (token_sha256, event, happened_at)
SELECT unnest(CAST($token_sha256 AS VARCHAR[])), CAST($event AS VARCHAR), CAST($happened_at AS TIMESTAMP);
