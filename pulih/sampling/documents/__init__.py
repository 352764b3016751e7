"""Papers of sampling checks."""
