"""The report on a period: one document for both parties, made of what the pages show."""
