-- Begins to keep what texts mean; a value is of its use's kind.
CREATE TABLE "{meanings}" AS SELECT * FROM given;
