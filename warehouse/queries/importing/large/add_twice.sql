-- Adds the rows whose id an earlier row has to the refused ones.
INSERT INTO refusal
SELECT t.spot, t.row_number, 0, true, $column, t.text, 'row-id-twice' FROM twice AS t;
