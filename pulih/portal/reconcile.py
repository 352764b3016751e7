"""What publications prove of the ledger, for `pulih check`."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet

from pulih.budget.reconcile import holds
from pulih.common.errors import Message

from .models import Release


def differences() -> Iterator[str]:
    """Yield a sentence for each published release whose seal the ledger does not hold."""
    for release in _published():
        if not holds(release.seal):
            yield _without_its_seal(release).in_language(settings.COMMAND_LANGUAGE)


def verified() -> dict[Message, int]:
    """Return how many published releases were held against the ledger."""
    return {Message("rilis terbit", "published releases"): _published().count()}


def _published() -> QuerySet[Release]:
    return Release.objects.filter(published_at__isnull=False).exclude(seal="").order_by("pk")


def _without_its_seal(release: Release) -> Message:
    return Message(
        f"rilis {release.number} terbit dengan segel {release.seal[:16]}…, yang tidak ada lagi "
        "dalam buku: buku ditulis ulang sesudah rilis itu.",
        f"release {release.number} was published with the seal {release.seal[:16]}…, which the "
        "ledger no longer holds: it was rewritten after that release.",
    )
