-- Which texts stand at these places of those asked about?
SELECT v.rowid AS spot, v.raw FROM "{values}" AS v WHERE v.rowid IN (SELECT unnest(CAST($spots AS BIGINT[])));
