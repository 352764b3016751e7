"""What must be true of measures, as pure functions on plain values."""
