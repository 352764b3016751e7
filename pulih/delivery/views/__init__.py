"""What people see of delivery: activities, classes, people."""
