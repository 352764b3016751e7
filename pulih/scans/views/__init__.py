"""Pages of signed papers."""
