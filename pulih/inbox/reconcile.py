"""What the inbox's tables say of each other and of the disk, for `pulih check`."""

from collections.abc import Iterator

from django.conf import settings

from pulih.common.errors import Message, Refusal

from . import uploads
from .actions import check
from .models import CellProblem, ImportBatch, SourceRecord


def differences() -> Iterator[str]:
    """Yield a sentence for each kind of thing that does not add up."""
    for what, number in check().items():
        if number:
            yield f"{number} {what.replace('_', ' ')}"
    batches = ImportBatch.objects.order_by("pk")
    yield from uploads.lacking(batches.values_list("stored_name", "file_name"))
    for message in _changed():
        yield message.in_language(settings.COMMAND_LANGUAGE)


def verified() -> dict[Message, int]:
    """Return how many of each thing were held against each other."""
    return {
        Message("berkas", "files"): ImportBatch.objects.count(),
        Message("baris", "rows"): SourceRecord.objects.count(),
        Message("masalah", "problems"): CellProblem.objects.count(),
        Message("unggahan", "uploads"): sum(1 for _path in uploads.all_files()),
    }


def _changed() -> Iterator[Message]:
    """Yield each upload that is not what its name says, or that no key opens."""
    for path in uploads.all_files():
        try:
            if not uploads.is_whole(path):
                yield Message(
                    f"Berkas {path.name} bukan lagi yang diunggah. Pulihkan dari cadangan.",
                    f"The file {path.name} is no longer what was delivered. Restore it from a"
                    " backup.",
                )
        except FileNotFoundError:  # Deleted meanwhile.
            continue
        except Refusal as refusal:
            yield refusal.message
