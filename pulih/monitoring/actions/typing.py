"""Typing once what every report uses. Each gate asks the same rules as the forms do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import AccountNote, ActivityTarget, QuarterNote, QuarterProgress
from ..progress import around, typed_mark
from ..rules import bounds
from ..rules.accountability import TYPES
from ..rules.facts import Around, Part
from ..rules.thousands import THOUSAND


@dataclass(frozen=True)
class TargetGiven:
    """The target of one output. planned: whole rupiah, physical: percent; cumulative by quarter."""

    part: Part
    name: str
    indicator: str
    measured_in: str
    volume: Decimal
    planned: tuple[int | None, int | None, int | None, int | None]
    physical: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]


@dataclass(frozen=True)
class ProgressGiven:
    """What one output reached, cumulative; None is not known yet."""

    part: Part
    volume: Decimal | None
    physical: Decimal | None
    remark: str = ""


@dataclass(frozen=True)
class NoteGiven:
    """What hampered one activity in the quarter."""

    programme: str
    activity: str
    obstacle: str
    follow_up: str
    helper: str


@transaction.atomic
def save_target(
    unit: SpendingUnit, fiscal_year: int, given: TargetGiven, *, by: User
) -> ActivityTarget:
    """Keep the target of an output, new or changed. May refuse."""
    require(by, Permission.FILE_REPORTS, unit.province)
    _judge_target(given, ceiling_of(unit, fiscal_year, given.part))
    target, _is_new = ActivityTarget.objects.update_or_create(
        unit=unit,
        fiscal_year=fiscal_year,
        programme=given.part.programme,
        activity=given.part.activity,
        output=given.part.output,
        defaults={
            "province": unit.province,
            "name": given.name,
            "indicator": given.indicator,
            "measured_in": given.measured_in,
            "volume": given.volume,
            **{f"planned_{n}": value for n, value in enumerate(given.planned, start=1)},
            **{f"physical_{n}": value for n, value in enumerate(given.physical, start=1)},
        },
    )
    record(by, "monitoring.target", target, year=fiscal_year)
    return target


def _judge_target(given: TargetGiven, ceiling: int) -> None:
    faults = [bounds.falling_fault(given.planned), bounds.falling_fault(given.physical)]
    faults.append(bounds.target_fault(given.volume, ceiling))
    for quarter, rupiah in enumerate(given.planned, start=1):
        if rupiah is not None:
            thousand, is_last = rupiah // THOUSAND, quarter == len(given.planned)
            faults.append(bounds.plan_fault(thousand, ceiling, is_whole_year=is_last))
    for fault in faults:
        if fault:
            raise Refusal(fault)


def ceiling_of(unit: SpendingUnit, fiscal_year: int, part: Part) -> int:
    """Return the ceiling of an output today, in rupiah."""
    output, _dot, suboutput = part.output.partition(".")
    lines = BudgetLine.objects.filter(
        unit=unit,
        fiscal_year=fiscal_year,
        programme=part.programme,
        activity=part.activity,
        output=output,
        suboutput=suboutput,
    )
    return int(lines.totals()["ceiling"])


@transaction.atomic
def save_progress(
    unit: SpendingUnit,
    fiscal_year: int,
    quarter: int,
    *,
    progress: Iterable[ProgressGiven],
    notes: Iterable[NoteGiven],
    by: User,
    seen: str = "",
) -> int:
    """Keep what a quarter reached and what hampered it; return how many outputs. May refuse.

    seen: the mark of what stood there when this was typed; blank asks nothing.
    """
    require(by, Permission.FILE_REPORTS, unit.province)
    # One writer of a unit's progress at a time.
    SpendingUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if seen and seen != typed_mark(unit, fiscal_year, quarter):
        raise Refusal(
            _("Somebody else has saved this quarter since you opened it. Nothing was saved: "
              "compare, then save again.")
        )  # fmt: skip
    others = around(unit, fiscal_year, quarter)
    done = [
        _keep_progress(unit, fiscal_year, quarter, one, others.get(one.part, Around()))
        for one in progress
    ]
    for note in notes:
        _keep_note(unit, fiscal_year, quarter, note)
    record(by, "monitoring.progress", unit, year=fiscal_year, quarter=quarter, outputs=len(done))
    return len(done)


def _keep_progress(
    unit: SpendingUnit, fiscal_year: int, quarter: int, given: ProgressGiven, near: Around
) -> QuarterProgress:
    target = ActivityTarget.objects.filter(
        unit=unit,
        fiscal_year=fiscal_year,
        programme=given.part.programme,
        activity=given.part.activity,
        output=given.part.output,
    ).first()
    if target is None:
        raise Refusal(
            _("Output %(output)s has no target yet. Type its target first; nothing was saved.")
            % {"output": f"{given.part.activity}.{given.part.output}"}
        )
    _judge(given, target, near)
    kept, _is_new = QuarterProgress.objects.update_or_create(
        target=target,
        quarter=quarter,
        defaults={
            "province": unit.province,
            "volume": given.volume,
            "physical": given.physical,
            "remark": given.remark,
        },
    )
    return kept


def _judge(given: ProgressGiven, target: ActivityTarget, near: Around) -> None:
    faults = []
    if given.physical is not None:
        faults.append(
            bounds.progress_fault(given.physical, near.physical_before, near.physical_after)
        )
    if given.volume is not None:
        faults.append(
            bounds.volume_fault(given.volume, target.volume, near.volume_before, near.volume_after)
        )
    for fault in faults:
        if fault:
            raise Refusal(fault)


def _keep_note(unit: SpendingUnit, fiscal_year: int, quarter: int, given: NoteGiven) -> None:
    key: dict[str, Any] = {
        "unit": unit,
        "fiscal_year": fiscal_year,
        "quarter": quarter,
        "programme": given.programme,
        "activity": given.activity,
    }
    if not (given.obstacle or given.follow_up or given.helper):
        QuarterNote.objects.filter(**key).delete()
        return
    QuarterNote.objects.update_or_create(
        **key,
        defaults={
            "province": unit.province,
            "obstacle": given.obstacle,
            "follow_up": given.follow_up,
            "helper": given.helper,
        },
    )


@transaction.atomic
def save_account_notes(
    unit: SpendingUnit, fiscal_year: int, quarter: int, *, notes: Mapping[str, str], by: User
) -> None:
    """Keep what the notes of the LRA say of each spending type; a blank forgets it. May refuse."""
    require(by, Permission.FILE_REPORTS, unit.province)
    for about, text in notes.items():
        if about not in (*TYPES, AccountNote.OTHER):
            raise Refusal(_("“%(code)s” is no type of spending.") % {"code": about})
        key: dict[str, Any] = {
            "unit": unit,
            "fiscal_year": fiscal_year,
            "quarter": quarter,
            "about": about,
        }
        if text.strip():
            values = {"province": unit.province, "text": text.strip()}
            AccountNote.objects.update_or_create(**key, defaults=values)
        else:
            AccountNote.objects.filter(**key).delete()
    record(by, "monitoring.account_notes", unit, year=fiscal_year, quarter=quarter)
