"""What the inbox's tables say of each other, for `pulih check`."""

from collections.abc import Iterator

from .actions import check


def differences() -> Iterator[str]:
    """Yield a sentence for each kind of thing that does not add up."""
    for what, number in check().items():
        if number:
            yield f"{number} {what.replace('_', ' ')}"
