-- Stores one class of customers of a contract version.
INSERT INTO contract_tier (sha256, place, tier, min_deals, min_amount, within_days)
VALUES ($sha256, $place, $tier, $min_deals, CAST($min_amount AS DECIMAL(18, 2)), $within_days);
