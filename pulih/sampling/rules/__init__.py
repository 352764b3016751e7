"""What must be true of a sample: its size, its draw and what may be concluded. Pure."""
