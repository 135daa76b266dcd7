-- Takes a mark away, to be set anew in the same transaction.
DELETE FROM rollup_mark WHERE source = $source;
