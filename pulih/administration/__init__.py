"""What administrators and auditors look after: who did what, and the work in the background."""
