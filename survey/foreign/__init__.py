"""What reading forms of other tools has in common: texts, codes, conditions, notes on what is left out."""
