"""What pages and actions ask of releases."""
