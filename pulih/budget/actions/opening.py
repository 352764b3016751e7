"""What a POK sheet states becomes postings: of everything the first time, of differences after.

A corrected POK never edits what was posted; it posts how the new sheet differs from the ledger.
"""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from pulih.common.errors import Message, Refusal
from pulih.inbox.models import CellProblem, ImportBatch, Treatment
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.permissions import Permission, may, require

from ..models import BudgetLine, DocumentKind, Entry, PlanSource, Posting, SpendingUnit
from ..opened_years import UnitYear, holder, open_years
from ..rules.amounts import Amounts
from ..rules.guards import protected_by
from ..rules.keys import LineKey
from ..rules.movements import Movement
from ..rules.opening import (
    Opening,
    OpeningLine,
    OpeningUnit,
    Place,
    Row,
    Warned,
    left_standing,
    opening,
)
from ..rules.sheet_plans import plans
from .cash_plans import keep_plan, stated_plan
from .details import keep_details
from .documented import beside_documents, ceilings_moved, let_plans_follow
from .ledger import post

Counts = dict[str, int]


@transaction.atomic
def take_pok(batch: ImportBatch, rows: Iterable[Row], *, by: User) -> Counts:
    """Post what a delivered POK file states. May refuse, and then nothing of it is kept."""
    if not may(by, Permission.SEE_BUDGET, batch.province):
        raise Refusal(_("POK sheets are sent by the provincial office or the ministry."))
    require(by, Permission.DELIVER_FILES, batch.province)
    stated = list(rows)
    if not stated and batch.rejected:  # Its cells say why; the file shows them.
        return {"budget_units": 0, "budget_lines": 0}
    read = opening(
        stated,
        fiscal_year=batch.fiscal_year,
        as_of=batch.as_of,
        province_id=batch.province_id,
    )
    units = {unit.code: _unit(unit) for unit in read.units}
    open_before = open_years(read, units, by)
    lines, opened, unopened = _lines(read, units, batch, open_before)
    stated_lines = [one for one in read.lines if one.place in lines]
    gone = _no_longer_named(batch, {line.pk for line in lines.values()})
    left = []
    if gone and batch.rejected:  # A row that could not be read may well name one of them.
        left, gone = [left_standing(len(gone), batch.rejected)], []
    wanted, standing = beside_documents(stated_lines, lines, gone)
    every = [*lines.values(), *gone]
    held = holder()(batch, every, wanted, unopened, open_before, units=units, by=by)
    postings = _post_differences(every, held.wanted, batch, by)
    keep_details(
        [(lines[one.place], one.stated_items) for one in stated_lines
         if lines[one.place].ceiling == one.amounts.ceiling
         or (one.place.unit_code, one.place.fiscal_year) not in held.years],
        postings,
    )  # fmt: skip
    let_plans_follow(ceilings_moved(every, held.wanted), batch.as_of, postings)
    unplanned = _keep_plans(read, units, held.years)
    _warn(batch, [*read.warned, *left, *standing, *held.warned, *unplanned])
    return {
        "budget_units": len(units),
        "budget_lines": len(lines),
        "budget_lines_new": opened,
        "budget_lines_emptied": len(gone),
        "budget_postings": len(postings),
        "budget_warnings": len(read.warned) + len(standing) + len(held.warned),
    }


@transaction.atomic
def withdraw_pok(batch: ImportBatch, *, by: User) -> Counts:
    """Take back what a withdrawn POK file posted, by postings of the opposite. May refuse."""
    require(by, Permission.DELIVER_FILES, batch.province)
    postings = 0
    of_file = Posting.objects.filter(batch=batch, document_kind=DocumentKind.POK)
    for posting in of_file.select_related("unit__province"):
        sums = posting.entries.values_list("line_id", "amount_kind").annotate(Sum("rupiah"))
        post(
            kind=DocumentKind.CORRECTION,
            number=f"Penarikan {posting.document_number}",
            unit=posting.unit,
            fiscal_year=posting.fiscal_year,
            effective_on=posting.effective_on,
            movements=[Movement(line, kind, -rupiah) for line, kind, rupiah in sums],
            by=by,
            reason=f"Berkas {batch.file_name} ditarik.",
            batch=batch,
            refers_to=posting,
        )
        postings += 1
    return {"budget_postings": postings}


def _keep_plans(read: Opening, units: dict[str, SpendingUnit], held: set[UnitYear]) -> list[Warned]:
    """Keep page III where the sheet has months; return what was left, and what was replaced.

    held: units and years whose ceilings wait for a revision, and page III with them.
    """
    found = []
    for (code, year), plan in plans(read.lines).items():
        if (code, year) in held:
            continue
        if plan.is_whole:
            if changed := plan.changed(stated_plan(units[code], year)):
                found.append(plan.replaced(units[code].name, changed))
            keep_plan(units[code], year, plan.months, PlanSource.SHEET)
        else:
            found.append(plan.warned(units[code].name))
    return found


def _unit(unit: OpeningUnit) -> SpendingUnit:
    values = {"name": unit.name, "province_id": unit.province_id, "authority": unit.authority}
    try:
        known, _is_new = SpendingUnit.objects.get_or_create(code=unit.code, defaults=values)
    except IntegrityError as error:  # It is there, where whoever sends this file cannot see it.
        raise Refusal(
            Message(
                f"Satker {unit.code} tercatat di provinsi lain. Periksa kode satkernya. "
                "Belum ada yang disimpan.",
                f"Unit {unit.code} is recorded in another province. Check its code. Nothing was "
                "saved.",
            )
        ) from error
    if known.province_id != unit.province_id:
        raise Refusal(
            Message(
                f"Satker {unit.code} tercatat di {known.province}, bukan di provinsi berkas ini. "
                "Belum ada yang disimpan.",
                f"Unit {unit.code} is recorded in {known.province}, not in this file's province. "
                "Nothing was saved.",
            )
        )
    return known


def _lines(
    read: Opening, units: dict[str, SpendingUnit], batch: ImportBatch, open_before: set[UnitYear]
) -> tuple[dict[Place, BudgetLine], int, list[OpeningLine]]:
    """Return the line of each place, opening those that are not there yet, how many, and which of
    an open year only a revision may open."""
    known = _known_lines(units.values())
    measures = {measure.code: measure for measure in Measure.objects.usable_on(batch.as_of)}
    new = [one for one in read.lines if one.place not in known]
    unopened = [one for one in new if (one.place.unit_code, one.place.fiscal_year) in open_before]
    opened = [
        _new_line(one, units[one.place.unit_code], measures, batch)
        for one in new
        if one not in unopened
    ]
    BudgetLine.objects.bulk_create(opened)
    known |= {_place_of(line): line for line in opened}
    stated = [one for one in read.lines if one.place in known]
    _tag_untagged(stated, known, measures)
    return {one.place: known[one.place] for one in stated}, len(opened), unopened


def _known_lines(units: Iterable[SpendingUnit]) -> dict[Place, BudgetLine]:
    # Locked in the order of the ids, as the posting does, until the differences are posted.
    lines = BudgetLine.objects.filter(unit__in=list(units)).order_by("id").select_for_update()
    by_unit = {unit.pk: unit for unit in units}
    found = {}
    for line in lines:
        line.unit = by_unit[line.unit_id]
        found[_place_of(line)] = line
    return found


def _place_of(line: BudgetLine) -> Place:
    key = LineKey(
        line.activity,
        line.output,
        line.suboutput,
        line.component,
        line.subcomponent,
        line.account,
    )
    return Place(
        line.unit.code, line.fiscal_year, line.authority, line.fund_source, line.programme, key
    )


def _new_line(
    one: OpeningLine, unit: SpendingUnit, measures: dict[str, Measure], batch: ImportBatch
) -> BudgetLine:
    place, key = one.place, one.place.key
    return BudgetLine(
        unit=unit,
        province_id=unit.province_id,
        fiscal_year=place.fiscal_year,
        authority=place.authority,
        fund_source=place.fund_source,
        programme=place.programme,
        activity=key.activity,
        output=key.output,
        suboutput=key.suboutput,
        component=key.component,
        subcomponent=key.subcomponent,
        account=key.account,
        line_key=str(key),
        detail=one.detail,
        measure=measures.get(one.measure),
        is_protected=protected_by(key.account, batch.as_of) is not None,
    )


def _tag_untagged(
    stated: list[OpeningLine], lines: dict[Place, BudgetLine], measures: dict[str, Measure]
) -> None:
    """Take a sheet's measure where nobody has named one yet; an officer's word stands."""
    changed = []
    for one in stated:
        line = lines[one.place]
        if line.measure_id is None and (measure := measures.get(one.measure)):
            line.measure = measure
            changed.append(line)
    BudgetLine.objects.bulk_update(changed, ["measure"])


def _no_longer_named(batch: ImportBatch, named: set[int]) -> list[BudgetLine]:
    """Return the lines that the superseded file opened and this one names no more."""
    if batch.supersedes_id is None:
        return []
    earlier = Entry.objects.filter(posting__batch=batch.supersedes_id).values("line_id")
    lines = BudgetLine.objects.filter(pk__in=earlier).exclude(pk__in=named)
    return list(lines.select_related("unit").order_by("id").select_for_update(of=("self",)))


def _post_differences(
    lines: Iterable[BudgetLine], wanted: dict[int, Amounts], batch: ImportBatch, by: User
) -> dict[tuple[SpendingUnit, int], int]:
    """Post, unit by unit and year by year, how the sheet differs from the ledger; return ids."""
    moved: dict[tuple[SpendingUnit, int], list[Movement]] = {}
    for line in lines:
        differences = line.amounts.entries_to(wanted[line.pk])
        movements = [Movement(line.pk, kind, rupiah) for kind, rupiah in differences]
        if movements:
            moved.setdefault((line.unit, line.fiscal_year), []).extend(movements)
    return {
        (unit, year): post(
            kind=DocumentKind.POK,
            number=f"POK {year} {batch.sha256[:12]}/{batch.pk}",
            unit=unit,
            fiscal_year=year,
            effective_on=batch.as_of,
            movements=movements,
            by=by,
            reason=batch.file_name,
            batch=batch,
        ).posting_id
        for (unit, year), movements in moved.items()
    }


def _warn(batch: ImportBatch, warned: list[Warned]) -> None:
    """Put the warnings beside the file's other problems, where the office looks for them."""
    CellProblem.objects.bulk_create(
        CellProblem(
            batch=batch,
            province_id=batch.province_id,
            regency_id=batch.regency_id,
            sheet=one.sheet,
            row=one.row,
            column=one.column or ("account" if one.row else "ceiling"),
            value=one.value,
            kind=Treatment.WARNING,
            rule=one.rule,
            message_indonesian=one.message.id,
            message_en=one.message.en,
        )
        for one in warned
    )
