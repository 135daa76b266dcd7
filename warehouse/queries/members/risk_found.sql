-- A table for those found to be at risk: marks has a bit for each reason, tier is the class of who is still a member.
CREATE OR REPLACE TEMP TABLE risk_found (
    key UBIGINT, member_id VARCHAR, channel VARCHAR, deals BIGINT, spent DECIMAL(18, 2), bought_on DATE, marks BIGINT, tier VARCHAR
);
