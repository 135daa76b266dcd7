-- Begins to keep the dates that are to be asked about one by one.
CREATE TABLE uneven AS SELECT * FROM given;
