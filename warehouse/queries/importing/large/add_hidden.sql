-- Adds the answers of one use that are hidden, at the spots given.
INSERT INTO hidden
SELECT u.spot, u.row_number, "{place}", u.text FROM "{view}" AS u JOIN given AS g ON g.spot = u.spot;
