-- Begins the list of answers to questions that the rest of their row hides; place is that of the use in the report.
CREATE TABLE hidden (spot BIGINT, row_number BIGINT, place INTEGER, raw VARCHAR);
