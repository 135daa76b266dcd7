"""Who did what, when, to what: written in the transaction that does it, and chained row to row."""
