"""The parts of the page of records, the same for every type."""
