-- Stores these responses, of which no id is there yet: the rows are those of core/arrived_responses or importing/arrived_rows.
INSERT INTO response BY NAME
SELECT * FROM "{arrived}" AS arrived;
