"""What the register's tables say of each other, for `pulih check`."""

from collections.abc import Iterator

from pulih.common.errors import Message

from .actions import check
from .models import Enterprise, EnterpriseSource, Merge, Pin, Review


def differences() -> Iterator[str]:
    """Yield a sentence for each kind of thing that does not add up."""
    for what, number in check().items():
        if number:
            yield f"{number} {what.replace('_', ' ')}"


def verified() -> dict[Message, int]:
    """Return how many of each thing were held against each other."""
    return {
        Message("IKM", "enterprises"): Enterprise.objects.count(),
        Message("baris sumber", "source rows"): EnterpriseSource.objects.count(),
        Message("penggabungan", "merges"): Merge.objects.in_force().count(),
        Message("pertanyaan", "questions"): Review.objects.count(),
        Message("sematan", "pins"): Pin.objects.in_force().count(),
    }
