-- Shows the texts of one use of the file: the place of each row, its number as in a spreadsheet, its text.
CREATE VIEW "{view}" AS
SELECT r.rowid AS spot, "{row}" AS row_number, "{text}" AS text FROM raw AS r WHERE r.rowid >= "{first}";
