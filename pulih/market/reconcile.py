"""What the market's tables say of the files that they name, for `pulih check`."""

from collections.abc import Iterator

from django.db.models import QuerySet

from pulih.common.errors import Message
from pulih.inbox.uploads import lacking

from .models import Certificate


def differences() -> Iterator[str]:
    """Yield a sentence for each scan of a certificate that is not on the disk."""
    yield from lacking(_kept().values_list("stored_name", "file_name"))


def verified() -> dict[Message, int]:
    """Return how many of each thing were looked for."""
    return {Message("berkas sertifikat", "files of certificates"): _kept().count()}


def _kept() -> QuerySet[Certificate]:
    return Certificate.objects.exclude(stored_name="")
