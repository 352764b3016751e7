"""What the inbox's tables say of each other, for `pulih check`."""

from collections.abc import Iterator

from pulih.common.errors import Message

from .actions import check
from .models import CellProblem, ImportBatch, SourceRecord


def differences() -> Iterator[str]:
    """Yield a sentence for each kind of thing that does not add up."""
    for what, number in check().items():
        if number:
            yield f"{number} {what.replace('_', ' ')}"


def verified() -> dict[Message, int]:
    """Return how many of each thing were held against each other."""
    return {
        Message("berkas", "files"): ImportBatch.objects.count(),
        Message("baris", "rows"): SourceRecord.objects.count(),
        Message("masalah", "problems"): CellProblem.objects.count(),
    }
