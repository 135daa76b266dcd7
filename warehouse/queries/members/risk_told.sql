-- What happened before the local day $until to those of the $part of whom it is asked?
CREATE OR REPLACE TEMP TABLE risk_told AS
SELECT a.member_id, h.event, h.day, h.amount, h.tier, h.happened_at, h.recorded_at
FROM member_history AS h
JOIN risk_asked AS a ON a.member_id = h.member_id AND a.part = $part
WHERE h.day < CAST($until AS DATE);
