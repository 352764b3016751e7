"""The look of every page and the parts that pages are made of; it takes values, never models."""
