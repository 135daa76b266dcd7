-- Gives a table of records the column of a field.
ALTER TABLE "{table}" ADD COLUMN "{column}" "{kind}";
