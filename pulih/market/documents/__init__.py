"""The papers of an order: what was ordered, and the note that goes with the goods."""
