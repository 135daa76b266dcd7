-- Begins the list of refused cells; place is that of the use in the report.
CREATE TABLE refusal (spot BIGINT, row_number BIGINT, place INTEGER, of_row BOOLEAN, column_name VARCHAR, raw VARCHAR,
                      code VARCHAR);
