-- Takes the first $rows rows of a table of places away: they stand behind them in order.
DELETE FROM "{table}" WHERE rowid < $rows;
