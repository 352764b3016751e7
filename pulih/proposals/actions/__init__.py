"""What people do with proposals; the only code of this room that writes."""
