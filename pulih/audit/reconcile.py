"""What was altered, removed or added behind the back of every action, for `pulih check`."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import connection

from pulih.common.errors import Message
from pulih.common.periods import WIB

from .models import Event, RowChange, SealedRows

UNSEALED = "SELECT finding, table_name, row_key, sealed_at FROM audit_unsealed()"
FINDINGS = {
    "altered": Message(
        "Baris {key} tabel {table} tidak lagi berisi seperti waktu disegel ({at} WIB).",
        "Row {key} of table {table} no longer says what it said when it was sealed ({at} WIB).",
    ),
    "removed": Message(
        "Baris {key} tabel {table}, yang disegel {at} WIB, hilang.",
        "Row {key} of table {table}, which was sealed at {at} WIB, is gone.",
    ),
    "added": Message(
        "Baris {key} tabel {table} ditambahkan tanpa lewat Pulih.",
        "Row {key} of table {table} was added without Pulih.",
    ),
    "changed_rows": Message(
        "Baris {key} tabel {table} tidak cocok dengan segelnya ({at} WIB).",
        "Rows {key} of table {table} do not fit their seal ({at} WIB).",
    ),
    "changed_chain": Message(
        "Segel {key} atas baris tabel {table} ({at} WIB) tidak cocok dengan rantainya.",
        "Seal {key} over rows of table {table} ({at} WIB) does not fit its chain.",
    ),
    "table_not_sealed": Message(
        "Tabel {table} pernah disegel dan sekarang tidak lagi.",
        "Table {table} was sealed once and is not any more.",
    ),
}


def differences() -> Iterator[str]:
    """Yield a sentence for each row that is not as it was sealed."""
    for message in messages():
        yield message.in_language(settings.COMMAND_LANGUAGE)


def messages() -> Iterator[Message]:
    """Yield the same sentences in both languages."""
    with connection.cursor() as cursor:
        cursor.execute(UNSEALED)
        for finding, table, key, at in cursor.fetchall():
            yield _worded(finding, table, key, at)


def verified() -> dict[Message, int]:
    """Return how many records and sealed changes were held against their seals.

    Rows that stood before their table was sealed are no changes: every new database has some.
    """
    return {
        Message("catatan tindakan", "records of actions"): Event.objects.count(),
        Message("perubahan baris", "changes of rows"): RowChange.objects.exclude(
            what="found"
        ).count(),
        Message("segel atas baris", "seals over rows"): SealedRows.objects.count(),
    }


def _worded(finding: str, table: str, key: str | None, at: datetime | None) -> Message:
    words = FINDINGS[finding]
    moment = f"{at.astimezone(WIB):%Y-%m-%d %H:%M}" if at else "?"
    parts = {"table": table, "key": key, "at": moment}
    return Message(words.id.format(**parts), words.en.format(**parts))
