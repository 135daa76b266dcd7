-- Takes a sealed table away, to be made and filled anew in the same transaction.
DROP TABLE "{table}";
