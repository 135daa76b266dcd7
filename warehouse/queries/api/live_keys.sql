-- Which keys of programs are not revoked?
SELECT k.key_sha256, k.name
FROM api_key AS k
WHERE NOT EXISTS (SELECT 1 FROM api_key_end AS e WHERE e.key_sha256 = k.key_sha256);
