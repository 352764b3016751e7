"""What a stall costs. Source: invented, for a test."""

A_METRE = 25_000


def rent_of(metres: int) -> int:
    """Return the rent of a day in whole rupiah."""
    assert metres > 0
    return metres * A_METRE
