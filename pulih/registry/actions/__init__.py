"""What happens to the register: the only code that writes it."""
