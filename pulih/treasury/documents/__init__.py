"""Papers of payments, set by Typst."""
