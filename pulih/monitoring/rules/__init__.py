"""What must hold of reports and deadlines: pure functions on plain values."""
