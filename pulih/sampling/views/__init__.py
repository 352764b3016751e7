"""Pages of sampling checks."""
