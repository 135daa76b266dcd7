-- Lets go of all rows, of which those that count were kept elsewhere.
DROP TABLE raw;
