"""Whether the attachments of proposals are there, for `pulih check`."""

from collections.abc import Iterator

from pulih.common.errors import Message
from pulih.inbox.uploads import lacking

from .models import Attachment


def differences() -> Iterator[str]:
    """Yield a sentence for each attachment that is not on the disk."""
    yield from lacking(Attachment.objects.order_by("pk").values_list("stored_name", "name"))


def verified() -> dict[Message, int]:
    """Return how many attachments were looked for."""
    return {Message("lampiran usulan", "attachments of proposals"): Attachment.objects.count()}
