-- From here on the rows that count are all there are.
ALTER TABLE chosen RENAME TO raw;
