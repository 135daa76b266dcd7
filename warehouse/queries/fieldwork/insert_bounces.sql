-- Keeps that these invitations came back, and why.
INSERT INTO invitation_event (token_sha256, event, happened_at, reason)
SELECT unnest(CAST($token_sha256 AS VARCHAR[])), 'bounced', CAST($happened_at AS TIMESTAMP),
       unnest(CAST($reason AS VARCHAR[]));
