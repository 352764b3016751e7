"""What must be true of a grant: its steps, who approves, how long it lies. Pure."""
