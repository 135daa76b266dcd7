"""Shows: one screen a file, thin; no SQL and no arithmetic on KPIs."""
