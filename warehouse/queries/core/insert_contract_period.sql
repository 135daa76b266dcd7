-- Keeps a period of a contract version.
INSERT INTO contract_period (sha256, period, starts_on, ends_on) VALUES ($sha256, $period, $starts_on, $ends_on);
