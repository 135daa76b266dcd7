-- What did the parties of this contract do about its periods, before a day and up to a row, in the order it was kept?
SELECT p.number, p.period, p.event, p.subject, p.side, p.detail, p.day, p.recorded_at
FROM proceeding AS p
WHERE p.contract = $contract AND p.day < $until AND p.number <= $last
ORDER BY p.number;
