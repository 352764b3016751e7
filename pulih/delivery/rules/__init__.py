"""What must be true in delivery: pure functions on plain values."""
