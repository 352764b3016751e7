"""What the ledger says of itself, for `pulih check`."""

from collections.abc import Iterator

from django.conf import settings

from pulih.common.errors import Message

from . import anchor
from .actions import check_balances, check_chains
from .models import BudgetLine, Entry, Posting, Seal
from .rules.findings import worded, wrong_balance


def differences() -> Iterator[str]:
    """Yield a sentence for each balance, document, chain or seal that is not as it was posted."""
    for message in messages():
        yield message.in_language(settings.COMMAND_LANGUAGE)


def messages() -> Iterator[Message]:
    """Yield the same sentences in both languages."""
    for _line, key, amount, kept, rebuilt in check_balances():
        yield wrong_balance(key, amount, kept, rebuilt)
    for one in check_chains():
        yield worded(
            one.what,
            kind=one.kind,
            number=one.number,
            line_key=one.line_key,
            was=one.was,
            found=one.found,
        )
    yield from anchor.missing()


def holds(seal: str) -> bool:
    """Tell whether the chain of seals holds this one, hex; the chain itself is checked above."""
    return Seal.objects.filter(hash=bytes.fromhex(seal)).exists()


def verified() -> dict[Message, int]:
    """Return how many of each thing were held against each other."""
    return {
        Message("dokumen", "documents"): Posting.objects.count(),
        Message("ayat", "entries"): Entry.objects.count(),
        Message("baris", "lines"): BudgetLine.objects.count(),
        Message("rantai", "chains"): BudgetLine.objects.filter(sequence__gt=0).count(),
        Message("segel", "seals"): Seal.objects.count(),
    }
