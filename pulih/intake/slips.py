"""What is a slip of the pen in a heading, and what another word."""

from rapidfuzz import fuzz

NO_SLIPS = {"kontrak", "model", "banyak"}  # Words of their own beside `kontak`, `modal`.


def same_words_but_one(first: str, second: str) -> bool:
    """Allow a slip in one word; a different word is a different heading."""
    ours, theirs = first.split(), second.split()
    if len(ours) != len(theirs):
        return first.replace(" ", "") == second.replace(" ", "")
    if set(ours) & NO_SLIPS - set(theirs):
        return False
    differing = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return len(differing) <= 1 and all(
        min(len(a), len(b)) >= 4 and fuzz.ratio(a, b) >= 75 for a, b in differing
    )
