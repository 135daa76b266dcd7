-- What did the parties of this contract do about its periods, before a day? The latest row of each event counts.
SELECT p.period, p.event, p.subject, p.side, p.detail, p.day
FROM proceeding AS p
WHERE p.contract = $contract AND p.day < $until
QUALIFY row_number() OVER (
    PARTITION BY p.period, p.event, p.subject, p.side ORDER BY p.number DESC
) = 1
ORDER BY p.number;
