-- Which class is this customer in before the local day $until, and has somebody stated it? No row who is not there.
SELECT t.tier, t.is_stated
FROM member_tier_on(CAST($until AS DATE), $contract, $known) AS t
WHERE t.member_id = $member;
