"""How each sort of value is read: at once where it is plainly written, cell by cell where not."""
