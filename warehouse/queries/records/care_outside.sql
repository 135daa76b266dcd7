-- Marks in the table care_wanted what is for a class in which the member is not by the end of that day, nor can be: the contract has it no more.
UPDATE care_wanted
SET is_outside = TRUE
WHERE tier IS NOT NULL AND NOT EXISTS (
    SELECT 1
    FROM tier_span AS s
    WHERE s.rules = (SELECT k.rules FROM tier_rules AS k WHERE k.sha256 = $contract)
      AND s.tier IN (SELECT r.tier FROM contract_tier AS r WHERE r.sha256 = $contract)
      AND s.member_id = care_wanted.member_id AND s.tier = care_wanted.tier
      AND s.since <= care_wanted.due_on AND (s.until IS NULL OR s.until > care_wanted.due_on));
