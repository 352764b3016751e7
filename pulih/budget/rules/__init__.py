"""What must be true of a budget: its keys, its amounts, its years, its warnings."""
