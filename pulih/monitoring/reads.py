"""What the pages and the API read: the facts of a unit and quarter, the calendar, the clocks."""

from datetime import date
from decimal import Decimal

from pulih.areas.models import Area
from pulih.budget.cash_plan import planned_by_part
from pulih.budget.documents.signing import signers_of
from pulih.budget.models import Post, SpendingUnit

from .ledger import changes, dipa_of, money, part_of, prior, returns
from .models import (
    AccountNote,
    ActivityTarget,
    ForeignFund,
    GeneralData,
    Heading,
    QuarterNote,
    QuarterProgress,
    Signatory,
)
from .models.office import Role
from .rules import facts as told
from .rules import quarters
from .rules.facts import Output, Part, QuarterFacts

APPOINTED = {
    Role.BUDGET_HOLDER: (Post.AUTHORISED_USER, "Kuasa Pengguna Anggaran"),
    Role.COMMITMENT_OFFICER: (Post.COMMITMENT_OFFICER, "Pejabat Pembuat Komitmen"),
}


def facts_of(
    unit: SpendingUnit,
    fiscal_year: int,
    quarter: int,
    *,
    known: date | None = None,
    up_to: int | None = None,
    signed: date | None = None,
) -> QuarterFacts:
    """Return all that the reports of a unit and quarter say.

    known: the last day whose knowledge counts. up_to: the last entry that counts, which is exact.
    signed: the day on which the report is made, so that who holds the post then signs.
    """
    day = quarters.last_day(fiscal_year, quarter)
    general = GeneralData.objects.filter(unit=unit, fiscal_year=fiscal_year).first()
    dipa = general if general and general.dipa_number else None
    number, dated = dipa_of(unit, fiscal_year, day, known=known, up_to=up_to)
    lines = money(unit, fiscal_year, quarter, known=known, up_to=up_to)
    return QuarterFacts(
        unit.code,
        unit.name,
        unit.province.name,
        unit.authority,
        fiscal_year,
        quarter,
        day,
        dipa.dipa_number if dipa else number,
        dipa.dipa_date if dipa else dated,
        general.location if general else "",
        lines,
        outputs(unit, fiscal_year, quarter, {line.part for line in lines}),
        headings(unit, fiscal_year),
        notes(unit, fiscal_year, quarter),
        signers(unit, signed or day),
        funds(unit, fiscal_year),
        changes(unit, fiscal_year, day, known=known, up_to=up_to),
        remarks(unit, fiscal_year, quarter),
        returns(unit, fiscal_year, day, known=known, up_to=up_to),
        prior(unit, fiscal_year, quarter, known=known, up_to=up_to),
    )


def outputs(
    unit: SpendingUnit, fiscal_year: int, quarter: int, funded: set[Part]
) -> tuple[Output, ...]:
    """Return what was told of each output; of a funded one of which nothing was, its plan alone."""
    targets = {
        Part(one.programme, one.activity, one.output): one
        for one in ActivityTarget.objects.filter(unit=unit, fiscal_year=fiscal_year)
    }
    done = {
        (one.target_id, one.quarter): one
        for one in QuarterProgress.objects.filter(
            target__in=[one.pk for one in targets.values()], quarter__in=(quarter, quarter - 1)
        )
    }
    months = _months(unit, fiscal_year, funded)
    return tuple(
        _output(part, targets.get(part), done, quarter, months.get(part))
        for part in sorted(funded | targets.keys())
    )


def headings(unit: SpendingUnit, fiscal_year: int) -> tuple[told.Heading, ...]:
    rows = Heading.objects.filter(unit=unit, fiscal_year=fiscal_year)
    return tuple(
        told.Heading(
            one.programme,
            one.activity,
            one.name,
            one.function,
            one.indicator,
            one.measured_in,
            one.volume,
        )
        for one in rows.order_by("programme", "activity")
    )


def notes(unit: SpendingUnit, fiscal_year: int, quarter: int) -> tuple[told.Note, ...]:
    rows = QuarterNote.objects.filter(unit=unit, fiscal_year=fiscal_year, quarter=quarter)
    return tuple(
        told.Note(one.programme, one.activity, one.obstacle, one.follow_up, one.helper)
        for one in rows.order_by("programme", "activity")
    )


def funds(unit: SpendingUnit, fiscal_year: int) -> tuple[told.Fund, ...]:
    rows = ForeignFund.objects.filter(unit=unit, fiscal_year=fiscal_year)
    values = rows.order_by("programme", "activity", "fund_source").values_list(
        "programme", "activity", "fund_source", "number"
    )
    return tuple(told.Fund(*row) for row in values)


def remarks(unit: SpendingUnit, fiscal_year: int, quarter: int) -> tuple[told.Remark, ...]:
    rows = AccountNote.objects.filter(unit=unit, fiscal_year=fiscal_year, quarter=quarter)
    return tuple(told.Remark(one.about, one.text) for one in rows.order_by("about"))


def signers(unit: SpendingUnit, on: date) -> tuple[told.Signer, ...]:
    """Return who signs what is made on a day: as typed for reports, else who is appointed then."""
    typed = {one.role: _signer(one) for one in Signatory.objects.on(on).filter(unit=unit)}
    for role, (post, words) in APPOINTED.items():
        if role not in typed and (held := signers_of([unit.pk], on, post).get(unit.pk)):
            typed[role] = told.Signer(role, held.name, held.nip, words, "")
    return tuple(typed[role] for role in sorted(typed))


def head_of_planning(province: Area, on: date) -> told.Signer | None:
    """Return who heads the planning agency of a province on a day, if anybody is named."""
    named = Signatory.objects.on(on).filter(province=province, role=Role.HEAD_OF_PLANNING).first()
    return _signer(named) if named else None


def _signer(one: Signatory) -> told.Signer:
    return told.Signer(one.role, one.name, one.nip, one.post, one.place)


def _output(
    part: Part,
    target: ActivityTarget | None,
    done: dict[tuple[int, int], QuarterProgress],
    quarter: int,
    months: dict[int, int] | None,
) -> Output:
    planned, before = (_planned(target, months, one) for one in (quarter, quarter - 1))
    if target is None:
        return Output(*part, planned=planned, planned_before=before)
    now, then = done.get((target.pk, quarter)), done.get((target.pk, quarter - 1))
    return Output(
        *part,
        target.name,
        target.indicator,
        target.measured_in,
        target.volume,
        planned,
        before,
        target.physical(quarter),
        target.physical(quarter - 1),
        now.volume if now else None,
        now.physical if now else None,
        (then.physical if then else None) if quarter > 1 else Decimal(0),
        now.remark if now else "",
    )


def _planned(
    target: ActivityTarget | None, months: dict[int, int] | None, quarter: int
) -> int | None:
    """Return the plan to a quarter's end: as typed, else as page III has it, else unknown."""
    typed = target.planned(quarter) if target else None
    if typed is not None or months is None:
        return typed
    return sum(rupiah for month, rupiah in months.items() if month <= 3 * quarter)


def _months(unit: SpendingUnit, fiscal_year: int, funded: set[Part]) -> dict[Part, dict[int, int]]:
    """Return page III by output; nothing where nobody has stated a plan."""
    planned = planned_by_part(unit, fiscal_year, part_of)
    return {part: planned[part] for part in funded & planned.keys()}
