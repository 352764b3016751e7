"""Proving that what was filed still says what the ledger said then: `pulih check`."""

from collections.abc import Iterator

from pulih.common.errors import Message

from .actions import still_reproduces
from .models import Filing

WORDS = {
    "figures": "angkanya tidak lagi cocok dengan sidiknya",
    "money": "uangnya tidak lagi dapat dihitung ulang dari buku besar",
    "pdf": "berkas PDF yang disimpan telah berubah",
    "xlsx": "berkas XLSX yang disimpan telah berubah",
}


def differences() -> Iterator[str]:
    """Yield a sentence for each filing that does not reproduce."""
    for filing in Filing.objects.order_by("pk").iterator():
        for what in still_reproduces(filing):
            name = f"{filing.form} {filing.fiscal_year}/{filing.quarter} versi {filing.version}"
            yield f"laporan {filing.pk} ({name}): {WORDS[what]}."


def verified() -> dict[Message, int]:
    """Return how many of each thing were held against each other."""
    return {
        Message("laporan", "filings"): Filing.objects.count(),
    }
