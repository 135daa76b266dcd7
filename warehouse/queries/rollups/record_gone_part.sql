-- Which sealed rows are those of the part no longer the newest of their record?
CREATE OR REPLACE TEMP TABLE record_gone_part AS SELECT g.place FROM record_gone('record_fresh_part') AS g;
