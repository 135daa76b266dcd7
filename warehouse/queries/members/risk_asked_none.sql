-- A table as members/risk_asked makes it, where it is asked of nobody.
CREATE OR REPLACE TEMP TABLE risk_asked (member_id VARCHAR, key UBIGINT, part BIGINT);
