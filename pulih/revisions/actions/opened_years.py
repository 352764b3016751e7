"""A POK file of a year that is open already moves no ceiling and no block: it drafts a revision.

Where a revision that waits moves just what the file states, the file is that revision's; else a
draft is written for its unit. Blocks are set and released by letters alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.budget.opened_years import Held, UnitYear
from pulih.budget.rules.amounts import Amounts
from pulih.budget.rules.keys import Funding
from pulih.budget.rules.opening import OpeningLine, Warned
from pulih.common.errors import Message
from pulih.inbox.models import ImportBatch
from pulih.people.models import User
from pulih.workflow.states import START

from ..models import Revision, RevisionKind, RevisionMovement
from .drafting import keep_movements
from .recording import step


@dataclass
class NeededRevision:
    """What a file asks of one unit and year that only a revision may do."""

    movements: list[RevisionMovement] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)


def hold(
    batch: ImportBatch,
    lines: Iterable[BudgetLine],
    wanted: Mapping[int, Amounts],
    unopened: Iterable[OpeningLine],
    opened: set[UnitYear],
    *,
    units: Mapping[str, SpendingUnit],
    by: User,
) -> Held:
    """Leave ceilings and blocks of open years as they are, and draft what would move them.

    wanted: amounts by line, as the file states them; unopened: its lines that the ledger has not.
    """
    asked: dict[UnitYear, NeededRevision] = {}
    allowed = dict(wanted)
    for line in lines:
        of_year = (line.unit.code, line.fiscal_year)
        if of_year not in opened:
            continue
        theirs, ours = wanted[line.pk], line.amounts
        kept = replace(theirs, ceiling=ours.ceiling, blocked=ours.blocked)
        allowed[line.pk] = kept if kept.is_lawful else ours
        if theirs.ceiling != ours.ceiling:
            one = asked.setdefault(of_year, NeededRevision())
            one.movements.append(_moved(line, theirs.ceiling))
        if theirs.blocked != ours.blocked:
            asked.setdefault(of_year, NeededRevision()).blocks.append(line.line_key)
    for new in unopened:
        if new.amounts.ceiling:
            of_year = (new.place.unit_code, new.place.fiscal_year)
            unit = units[new.place.unit_code]
            asked.setdefault(of_year, NeededRevision()).movements.append(_opened(unit, new))
    warned = [
        warning
        for (code, year), one in asked.items()
        for warning in _warned(batch, units[code], year, one, by)
    ]
    return Held(allowed, {key for key, one in asked.items() if one.movements}, warned)


def _moved(line: BudgetLine, after: int) -> RevisionMovement:
    return RevisionMovement(
        **line.funding._asdict(),
        province_id=line.province_id,
        line=line,
        line_key=line.line_key,
        account=line.account,
        measure_id=line.measure_id,
        ceiling_before=line.ceiling,
        rupiah=after - line.ceiling,
    )


def _opened(unit: SpendingUnit, new: OpeningLine) -> RevisionMovement:
    return RevisionMovement(
        fund_source=new.place.fund_source,
        programme=new.place.programme,
        authority=new.place.authority,
        province_id=unit.province_id,
        line_key=str(new.place.key),
        account=new.place.key.account,
        ceiling_before=0,
        rupiah=new.amounts.ceiling,
        detail=new.detail,
    )


def _warned(
    batch: ImportBatch, unit: SpendingUnit, year: int, asked: NeededRevision, by: User
) -> Iterable[Warned]:
    if asked.movements:
        revision, is_new = _revision(batch, unit, year, asked.movements, by)
        yield Warned("revision_needed", _needed(unit, year, revision, is_new), value=unit.code)
    if asked.blocks:
        yield Warned("block_by_letter", _by_letter(asked.blocks), value=asked.blocks[0])


def _revision(
    batch: ImportBatch, unit: SpendingUnit, year: int, movements: list[RevisionMovement], by: User
) -> tuple[Revision, bool]:
    """Return the waiting revision that moves just this, or a new draft."""
    wanted = _as_moved(movements)
    waiting = Revision.objects.open().filter(unit=unit, fiscal_year=year).order_by("-id")
    for one in waiting.prefetch_related("movements__line"):
        if _as_moved(one.movements.all()) == wanted:
            return one, False
    revision = Revision.objects.create(
        unit=unit,
        province_id=unit.province_id,
        fiscal_year=year,
        kind=RevisionKind.SHEET,
        source=f"{RevisionKind.SHEET}:{batch.pk}/{year}",
        title=f"POK {batch.file_name}"[:200],
        declared_total=sum(one.rupiah for one in movements),
        judged_on=batch.as_of,
        made_by=by,
    )
    keep_movements(revision, movements)
    step(revision, START, by)
    return revision, True


def _as_moved(movements: Iterable[RevisionMovement]) -> list[tuple[str, Funding, int]]:
    return sorted((one.line_key, one.funding, one.rupiah) for one in movements)


def _needed(unit: SpendingUnit, year: int, revision: Revision, is_new: bool) -> Message:
    if not is_new:
        return Message(
            f"Pagu {unit} {year} berubah sesuai revisi “{revision}” yang masih menunggu. Pagunya "
            "berubah setelah revisi itu berlaku.",
            f"The ceilings of {unit} {year} change as the revision “{revision}” that waits says. "
            "They move once it is in force.",
        )
    return Message(
        f"Pagu {unit} {year} sudah terbuka, jadi berkas ini tidak mengubahnya. Perubahannya "
        f"ditulis sebagai draf revisi “{revision}”: periksa lalu ajukan.",
        f"The ceilings of {unit} {year} are open already, so this file does not move them. What "
        f"it changes was written as the draft revision “{revision}”: check and propose it.",
    )


def _by_letter(keys: list[str]) -> Message:
    more = len(keys) - 1
    return Message(
        f"Blokir baris {keys[0]}{f' dan {more} baris lain' if more else ''} di berkas berbeda. "
        "Blokir dipasang dan dibuka dengan surat; catat suratnya di halaman barisnya.",
        f"The block of line {keys[0]}{f' and {more} others' if more else ''} differs in the file. "
        "Blocks are set and released by letters; record the letter on the page of the line.",
    )
