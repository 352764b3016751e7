"""The smallest count of people or firms that may be public."""

FEWEST = 5
