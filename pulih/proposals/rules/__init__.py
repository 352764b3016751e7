"""What must be true of proposals, as pure functions on plain values."""
