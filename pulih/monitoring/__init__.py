"""What offices owe after each quarter: progress typed once, the forms made of it, and when."""
