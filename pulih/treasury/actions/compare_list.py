"""A delivered list of the treasury is compared with the ledger; nothing is posted by it."""

from collections.abc import Iterator

import polars as pl
from django.db import transaction
from django.utils import timezone

from pulih.audit.actions import record
from pulih.budget.models import SpendingUnit
from pulih.common.errors import Message, Refusal
from pulih.inbox import bulk
from pulih.inbox.models import CellProblem, ImportBatch, Treatment
from pulih.people.models import User
from pulih.people.permissions import Permission, may, require

from ..models import OPEN_STATES, Difference, DifferenceState, ListKind, Reconciliation
from . import comparing, imprest_rows, rows
from .storing import Stored, store

Counts = dict[str, int]


@transaction.atomic
def take_list(batch: ImportBatch, delivered: pl.DataFrame, *, by: User) -> Counts:
    """Compare a delivered list with the ledger and keep what differs. May refuse it whole."""
    if not may(by, Permission.SEE_BUDGET, batch.province):
        raise Refusal(_NOT_YOURS)
    require(by, Permission.DELIVER_FILES, batch.province)
    if delivered.is_empty():  # Each row was rejected for what its cells say; the file shows them.
        return {"treasury_documents": 0, "treasury_agreeing": 0, "treasury_found": 0}
    return _compare_all(batch, rows.whole(delivered), by)


@transaction.atomic
def reconcile_again(batch: ImportBatch, *, by: User) -> Counts:
    """Compare a stored list with the ledger as it is now. May refuse."""
    require(by, Permission.SEE_BUDGET, batch.province)
    require(by, Permission.DELIVER_FILES, batch.province)
    if not batch.is_newest:
        raise Refusal(_NOT_NEWEST)
    bulk.work_in_bulk()
    counts = _compare_all(batch, rows.stored(batch), by)
    record(by, "budget.reconcile", batch, **counts)
    return counts


@transaction.atomic
def withdraw_list(batch: ImportBatch, *, by: User) -> Counts:
    """Settle what a withdrawn list still shows. What was posted from it stands by itself."""
    require(by, Permission.DELIVER_FILES, batch.province)
    seen = Reconciliation.objects.filter(batch=batch)
    standing = Difference.objects.filter(last_seen__in=seen, state__in=OPEN_STATES)
    settled = standing.update(state=DifferenceState.CLOSED)
    seen.update(is_newest=False)
    return {"treasury_closed": settled}


def _compare_all(batch: ImportBatch, delivered: pl.DataFrame, by: User) -> Counts:
    placed = rows.placed(batch, delivered)
    counts: Counts = {}
    for reconciliation, found, stored in _each(batch, placed, by):
        for name, number in (
            ("treasury_documents", found.documents),
            ("treasury_agreeing", found.agreeing),
            ("treasury_found", found.findings.height),
            ("treasury_new", stored.new),
            ("treasury_closed", stored.settled),
        ):
            counts[name] = counts.get(name, 0) + number
        _finish(reconciliation, found, stored)
    _warn(batch, placed)
    return counts


def _each(
    batch: ImportBatch, placed: rows.Placed, by: User
) -> Iterator[tuple[Reconciliation, comparing.Found, Stored]]:
    """Compare list by list: of one unit, one year and one kind at a time."""
    keys = ("unit_id", "fiscal_year", "list_kind")
    ordered = placed.rows.select(keys).unique().sort(keys)
    parts = placed.rows.partition_by(keys, as_dict=True)
    today = timezone.localdate()
    for unit_id, year, kind in ordered.iter_rows():
        unit, part = placed.units[unit_id], parts[unit_id, year, kind]
        comparing.refuse_without_lines(unit, year)
        reconciliation = _reconciliation(batch, unit, year, kind, by)
        found = comparing.compare(unit, year, ListKind(kind), part, batch.as_of, today)
        imprest_rows.keep_imprest(reconciliation, part)
        stored = store(reconciliation, found.findings, found.stated)
        yield reconciliation, found, stored


def _reconciliation(
    batch: ImportBatch, unit: SpendingUnit, year: int, kind: str, by: User
) -> Reconciliation:
    of_unit = Reconciliation.objects.filter(unit=unit, fiscal_year=year, list_kind=kind)
    of_unit.filter(is_newest=True).exclude(batch=batch).update(is_newest=False)
    found, _is_new = Reconciliation.objects.update_or_create(
        batch=batch,
        unit=unit,
        fiscal_year=year,
        list_kind=kind,
        defaults={
            "province": unit.province, "as_of": batch.as_of, "made_by": by, "is_newest": True,
        },
    )  # fmt: skip
    return found


def _finish(reconciliation: Reconciliation, found: comparing.Found, stored: Stored) -> None:
    reconciliation.documents, reconciliation.agreeing = found.documents, found.agreeing
    reconciliation.found = found.findings.height
    reconciliation.new, reconciliation.closed = stored.new, stored.settled
    if found.period:
        reconciliation.first_day, reconciliation.last_day = found.period.first, found.period.last
    doubt = found.doubt or Message("", "")
    reconciliation.doubt_indonesian, reconciliation.doubt_en = doubt.id, doubt.en
    reconciliation.save()


def _warn(batch: ImportBatch, placed: rows.Placed) -> None:
    """Put what was left out beside the file's other problems, once."""
    known = set(
        CellProblem.objects.filter(batch=batch, rule="other_unit").values_list("value", flat=True)
    )
    CellProblem.objects.bulk_create(
        CellProblem(
            batch=batch,
            province_id=batch.province_id,
            regency_id=batch.regency_id,
            sheet=sheet,
            row=row,
            column="unit_code",
            value=code,
            kind=Treatment.WARNING,
            rule="other_unit",
            message_indonesian=f"satker {code or 'tanpa kode'} tidak dikenal di sini; barisnya "
            "tidak dicocokkan. Kirim POK satker itu lebih dahulu, atau minta kantornya mengirim "
            "daftarnya.",
            message_en=f"unit {code or 'without a code'} is not known here; its rows were not "
            "compared. Send that unit's POK first, or ask its office to send the list.",
        )
        for code, (sheet, row) in placed.unknown.items()
        if code not in known
    )


_NOT_YOURS = Message(
    "Daftar perbendaharaan dikirim oleh dinas provinsi atau kementerian.",
    "Lists of the treasury are sent by the provincial office or the ministry.",
)
_NOT_NEWEST = Message(
    "Daftar ini sudah ditarik atau digantikan. Cocokkan daftar yang terbaru.",
    "This list was withdrawn or superseded. Reconcile the newest one.",
)
