-- Keeps what a party did about a period.
INSERT INTO proceeding (number, contract, period, event, subject, side, detail, day, recorded_at)
SELECT coalesce(max(p.number), 0) + 1, CAST($contract AS VARCHAR), CAST($period AS VARCHAR), CAST($event AS VARCHAR),
       CAST($subject AS VARCHAR), CAST($side AS VARCHAR), CAST($detail AS VARCHAR), CAST($day AS DATE),
       CAST($recorded_at AS TIMESTAMP)
FROM proceeding AS p;
