"""A revision as a book of one matrix, as officers send it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from pulih.budget.actions.details import details_of
from pulih.budget.documents.signing import NOBODY, Signer, signers_of
from pulih.budget.documents.words import MINISTRY, STAR_NOTE
from pulih.budget.heading_names import names_of
from pulih.budget.models import BudgetLine, LineDetail
from pulih.budget.reads import AccountNames, words_of
from pulih.budget.reads.dipa import dipa_of
from pulih.budget.rules.costs import Cost
from pulih.budget.rules.keys import LineKey, line_key
from pulih.common import periods
from pulih.documents.codes import written
from pulih.documents.lookups import code_in_force
from pulih.people.models import User

from ..assessing import Assessed, day_of
from ..models import Revision, RevisionMovement, document_of
from ..papers import MATRIX
from ..rules.matrix import MatrixLine, details_between, line_at, matrix_of
from ..states import REVISION
from .books import NO_MONEY_NOTE, Book, UnitMatrix

Rows = list[tuple[str, Cost]]


def book_of_revision(
    revision: Revision, assessed: Assessed, by: User, now: datetime | None = None
) -> Book:
    """Return the matrix of a revision: every line of the unit's year, moved or not."""
    made = periods.moment(now or timezone.now())
    whole = assessed.judged.whole
    regime = assessed.judged.regime
    note = "" if revision.state in ("in_force", "superseded") else f" {NO_MONEY_NOTE}"
    unit, code = revision.unit, code_in_force(MATRIX, revision.pk)
    lines = lines_of(revision, assessed)
    return Book(
        code=code,
        title=f"{revision} · {unit.name}",
        fiscal_year=revision.fiscal_year,
        about=(
            f"Yang menyetujui: {whole.name.id}. {whole.message.id} "
            f"Dasar: {regime.name.id if regime else 'tidak ada aturan yang ditemukan'}.",
            f"Dicetak {made} oleh {by}.{note}",
            *([STAR_NOTE] if any(line.blocked for line in lines) else ()),
            *([f"Kode dokumen: {written(code)}"] if code else ()),
        ),
        units=(
            UnitMatrix(
                unit.code,
                unit.name,
                str(revision.province),
                matrix_of(lines, names_of(unit, revision.fiscal_year)),
                tuple(_head(revision, revision.authority or whole.office.name)),
                _signs(revision),
            ),
        ),
    )


def _head(revision: Revision, office: str) -> Iterable[tuple[str, str]]:
    unit = revision.unit
    dipa, dated = dipa_of(unit, revision.fiscal_year, day_of(revision))
    number = revision.number or Revision.objects.next_number(revision, office)
    state = REVISION.state(revision.state).label.id
    yield "Kementerian/lembaga", MINISTRY
    yield "Satuan kerja", f"{unit.code} {unit.name}"
    yield "Provinsi", str(revision.province)
    yield "Kewenangan", unit.authority
    yield "Tahun anggaran", str(revision.fiscal_year)
    yield "Nomor DIPA", dipa or "……………………………………"
    yield "Tanggal DIPA", periods.day(dated) if dated else "……………………"
    yield f"Revisi {document_of(office)} ke", f"{number} ({state})"
    yield "Perihal", str(revision)
    yield "Aturan per", periods.day(day_of(revision))


def _signs(revision: Revision) -> Signer:
    """Return the authorised budget user of the day, where an appointment says so."""
    return signers_of([revision.unit_id], day_of(revision)).get(revision.unit_id, NOBODY)


def lines_of(revision: Revision, assessed: Assessed) -> list[MatrixLine]:
    """Return every line of the unit's year before and after the revision.

    `before` is the ceiling that the revision was made on, for lines it moves; today's for the
    rest.
    """
    year = revision.fiscal_year
    lines = list(revision.unit.lines.filter(fiscal_year=year).order_by("line_key", "id"))
    offices = dict(zip((m.pk for m in assessed.movements), assessed.judged.moves, strict=True))
    by_line = {m.line_id: m for m in assessed.movements if m.line_id}
    rows = _details(lines)
    names = AccountNames(day_of(revision), "id")  # Documents speak Indonesian.
    found = [
        replace(
            _matrix_line(line, by_line.get(line.pk), rows[line.pk], names),
            remark=offices[by_line[line.pk].pk].name.id if line.pk in by_line else "",
        )
        for line in lines
    ]
    return found + [
        replace(_new_line(one, year, names), remark=offices[one.pk].name.id)
        for one in assessed.movements
        if one.line_id is None
    ]


def _matrix_line(
    line: BudgetLine, moved: RevisionMovement | None, rows: Rows, names: AccountNames
) -> MatrixLine:
    key = LineKey(
        line.activity, line.output, line.suboutput, line.component, line.subcomponent, line.account
    )
    before = moved.ceiling_before if moved else line.ceiling
    after = moved.ceiling_after if moved else line.ceiling
    name = names(line.account) or line.detail
    # The sheet's own words stand in the rows below where there are any.
    words = name if rows or line.detail == name else words_of(name, line.detail)
    found = line_at(key, words, before, after, is_new=bool(moved and not moved.ceiling_before))
    asked = _said(line, moved.rows_after) if moved and moved.details else None
    if moved and moved.details and moved.revision.posting_id:
        rows = _said(line, moved.rows_before)
    details = details_between(rows, asked, (before, after)) if rows or asked else ()
    return replace(
        found, programme=line.programme, details=details, fund_source=line.fund_source,
        blocked=line.blocked,
    )  # fmt: skip


def _new_line(one: RevisionMovement, fiscal_year: int, names: AccountNames) -> MatrixLine:
    key = line_key(one.line_key, fiscal_year)
    words = one.detail or names(one.account) or "Baris baru"
    if not isinstance(key, LineKey):
        return MatrixLine("–", "–", "–", one.account, words, 0, one.rupiah, is_new=True)
    found = line_at(key, words, 0, one.ceiling_after, is_new=True)
    asked = _said(BudgetLine(province_id=one.province_id), one.details) if one.details else None
    details = details_between([], asked, (0, one.ceiling_after)) if asked else ()
    of = one.funding
    return replace(found, programme=of.programme, fund_source=of.fund_source, details=details)


def _details(lines: Iterable[BudgetLine]) -> dict[int, Rows]:
    found: dict[int, Rows] = defaultdict(list)
    kept = LineDetail.objects.filter(line__in=list(lines)).order_by("line_id", "position")
    for one in kept:
        found[one.line_id].append((one.text, _cost(one)))
    return found


def _said(line: BudgetLine, rows: Iterable[Mapping[str, Any]]) -> Rows:
    return [(one.text, _cost(one)) for one in details_of(line, rows)]


def _cost(one: LineDetail) -> Cost:
    return Cost(one.rupiah, one.volume, one.unit, one.unit_cost)
