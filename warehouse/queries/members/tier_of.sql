-- Which class is this customer in before the local day $until, and has somebody stated it? No row who is not there.
SELECT s.tier, s.is_stated
FROM tier_span AS s
WHERE s.rules = (SELECT k.rules FROM tier_rules AS k WHERE k.sha256 = $contract) AND s.member_id = $member
  AND s.since < $until AND (s.until IS NULL OR s.until >= $until);
