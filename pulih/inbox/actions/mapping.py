"""An office says what its headings mean: the file is read again, and the next one knows."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.inbox.actions.delivering import add
from pulih.inbox.models import ColumnMapping, ImportBatch, State
from pulih.intake import KINDS
from pulih.people.models import User
from pulih.people.permissions import Permission, require

COPIED = (
    *("kind", "office", "province", "regency", "file_name", "sha256", "size_bytes"),
    *("stored_name", "as_of", "fiscal_year"),
)


@transaction.atomic
def correct_headings(
    batch: ImportBatch, columns: Mapping[str, str], *, remember: bool, by: User
) -> ImportBatch:
    """Read a stored file again with other meanings of its headings. May refuse.

    columns: column of intake by heading; an empty one keeps the heading under its own name.
    remember: apply the same to the next files of this office and kind.
    """
    require(by, Permission.DELIVER_FILES, batch.office)
    _refuse_wrong(batch, columns)
    if remember:
        _remember(batch, columns)
    again = ImportBatch(
        **{name: getattr(batch, name) for name in COPIED},
        uploaded_by=by,
        reading=_next_reading(batch),
        mapping={**batch.mapping, **columns},
        supersedes=batch if batch.state == State.DONE else None,
    )
    add(again)
    record(by, "inbox.correct_headings", again, columns=dict(columns), remember=remember)
    return again


def _refuse_wrong(batch: ImportBatch, columns: Mapping[str, str]) -> None:
    if batch.is_unfinished or (batch.state == State.DONE and not batch.is_newest):
        raise Refusal(_("Only the newest reading of a file can be corrected."))
    known = {column.name for column in KINDS[batch.kind].columns} if batch.kind in KINDS else set()
    wrong = [column for column in columns.values() if column and column not in known]
    if wrong:
        raise Refusal(_("There is no column “%(column)s”.") % {"column": wrong[0]})
    if not columns:
        raise Refusal(_("Choose at least one other meaning, then read the file again."))
    chosen = [column for column in columns.values() if column]
    if len(chosen) != len(set(chosen)):
        raise Refusal(_("Two headings cannot mean the same. Choose one of them."))


def _remember(batch: ImportBatch, columns: Mapping[str, str]) -> None:
    for heading, column in columns.items():
        ColumnMapping.objects.update_or_create(
            office=batch.office,
            kind=batch.kind,
            heading=heading[:200],
            defaults={"column": column, "province": batch.province, "regency": batch.regency},
        )


def _next_reading(batch: ImportBatch) -> int:
    same = ImportBatch.objects.filter(office=batch.office, sha256=batch.sha256)
    newest = same.order_by("-reading").values_list("reading", flat=True).first()
    return (newest or 0) + 1
