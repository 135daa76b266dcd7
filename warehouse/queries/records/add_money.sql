-- Gives a table of records the column of an amount.
ALTER TABLE "{table}" ADD COLUMN "{column}" DECIMAL(18, 2);
