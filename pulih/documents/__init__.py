"""Papers of all rooms: values in, PDF out; one way to set type, sign and mark them."""
