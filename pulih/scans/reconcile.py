"""Whether scans and their pictures are there, for `pulih check`."""

from collections.abc import Iterator

from django.db.models import Q

from pulih.common.errors import Message
from pulih.inbox.uploads import lacking

from .models import ScanFile, ScanPage


def differences() -> Iterator[str]:
    """Yield a sentence for each file and picture that is kept and not on the disk."""
    # A file goes with the last of its pictures: see actions/forgetting.py.
    files = ScanFile.objects.filter(Q(pages=None) | Q(pages__picture__gt="")).distinct()
    yield from lacking(files.order_by("pk").values_list("stored_name", "name"))
    pictures = ScanPage.objects.exclude(picture="").order_by("pk")
    yield from lacking(pictures.values_list("picture", "file__name"))


def verified() -> dict[Message, int]:
    """Return how many scans were looked for."""
    return {Message("pindaian", "scans"): ScanFile.objects.count()}
