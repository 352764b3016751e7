"""A plan as a book of matrices; the budget prints them."""
