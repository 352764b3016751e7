"""What pages and phones show, put together from rows."""
