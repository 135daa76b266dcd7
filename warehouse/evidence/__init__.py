"""Evidence: what a settled period came to, kept as a hashed copy that nothing arriving later changes."""
