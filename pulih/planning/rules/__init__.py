"""What must be true of scenarios, plans and matrices: pure functions on plain values."""
