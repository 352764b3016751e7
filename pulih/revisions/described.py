"""A revision as the rules read it: all that is judged, its outputs, held money and rows below."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pulih.budget.models import BudgetLine, LineDetail
from pulih.budget.rules.amounts import Amounts
from pulih.budget.rules.keys import Funding, output_code
from pulih.budget.rules.standards import Costed
from pulih.references.charts import AccountNames, unit_costs

from .execution import execution_state, month_of
from .models import OutputVolume, Revision, RevisionMovement
from .rules.account_notes import Given
from .rules.assessing import RevisionFacts
from .rules.authority import Context
from .rules.moves import TRAVEL, Move
from .rules.untouchable import Change

OutputOf = tuple[str, str]


@dataclass
class OutputMoney:
    """An output of a unit, in rupiah: before and after a revision, and what is paid for it."""

    before: int = 0
    after: int = 0
    realised: int = 0

    def volume_falls(self, said: str) -> bool:
        """Tell whether its volume falls: as said, or where nothing is left of its money."""
        return said == OutputVolume.FALLS or bool(self.before and not self.after)

    def may_fall(self, said: str) -> bool:
        """Tell whether its volume falls, or whether nobody said that it stays with less money."""
        is_less = said == OutputVolume.UNKNOWN and self.after < self.before
        return is_less or self.volume_falls(said)


def facts_of(revision: Revision, movements: Sequence[RevisionMovement], on: date) -> RevisionFacts:
    """Read all that is judged of a revision on a day."""
    year = revision.fiscal_year
    lines = list(revision.unit.lines.filter(fiscal_year=year))
    by_type: Counter[str] = Counter()
    for one in movements:
        by_type[one.account[:2]] += one.rupiah
    # What is in force has moved its lines already; it touches nothing any more.
    asked = movements if revision.is_open else ()
    return RevisionFacts(
        fiscal_year=year,
        on=on,
        moves=moves_of(revision, movements, lines, on),
        context=_context(revision),
        before=execution_state(revision.unit, year, lines, month_of(year, on)),
        by_type=by_type,
        changes=list(changes_of(revision, asked, lines)),
        given=list(given_of(revision, asked)),
        costed=costed_of(movements),
        chart=AccountNames(on),
        standards=unit_costs(on),
    )


def _context(revision: Revision) -> Context:
    total = revision.declared_total
    return Context(
        total,
        total if revision.set_total is None else revision.set_total,
        frozenset(revision.set_facts or ()),
    )


def moves_of(
    revision: Revision, movements: Sequence[RevisionMovement], lines: list[BudgetLine], on: date
) -> list[Move]:
    outputs = _outputs_of(movements, lines, revision.fiscal_year)
    return [
        Move(
            line_key=one.line_key,
            fiscal_year=revision.fiscal_year,
            rupiah=one.rupiah,
            **one.funding._asdict(),
            is_new_line=not one.ceiling_before,
            is_new_output=not outputs[output_of(one, revision.fiscal_year)].before,
            volume_falls=one.rupiah < 0
            and outputs[output_of(one, revision.fiscal_year)].may_fall(revision.volume),
            blocked=_eaten_block(one),
            on=on,
        )
        for one in movements
    ]


def _outputs_of(
    movements: Iterable[RevisionMovement], lines: Iterable[BudgetLine], fiscal_year: int
) -> dict[OutputOf, OutputMoney]:
    """Return each output of the unit with its money before and after, and what is paid for it."""
    found: dict[OutputOf, OutputMoney] = defaultdict(OutputMoney)
    moved = {one.line_id for one in movements if one.line_id}
    for line in lines:
        output = found[output_of(line, fiscal_year)]
        output.realised += line.realised
        if line.pk not in moved:
            output.before += line.ceiling
            output.after += line.ceiling
    for one in movements:
        output = found[output_of(one, fiscal_year)]
        output.before += one.ceiling_before
        output.after += one.ceiling_after
    return found


def output_of(one: RevisionMovement | BudgetLine, fiscal_year: int) -> OutputOf:
    """Return the output that a line hangs on: programme, activity and output (KRO and RO)."""
    return one.funding.programme, output_code(one.line_key, fiscal_year)


def _eaten_block(movement: RevisionMovement) -> int:
    line = movement.line
    if line is None or movement.rupiah > 0:
        return 0
    left = movement.ceiling_after - line.committed
    return max(0, line.blocked - max(0, left)) if line.blocked else 0


def changes_of(
    revision: Revision, movements: Iterable[RevisionMovement], lines: Iterable[BudgetLine]
) -> Iterable[Change]:
    changed = list(movements)
    outputs = _outputs_of(changed, lines, revision.fiscal_year)
    by_type: dict[tuple[str, str, Funding], int] = defaultdict(int)
    for one in changed:
        by_type[_type_of(one)] += one.rupiah
    travel = sum(one.rupiah for one in changed if one.account.startswith(TRAVEL))
    texts = _texts_below([one.line_id for one in changed if one.line_id])
    for one in changed:
        output = outputs[output_of(one, revision.fiscal_year)]
        line = one.line
        yield Change(
            one.line_key,
            line.amounts if line else Amounts(),
            one.rupiah,
            one.funding.fund_source,
            is_protected=bool(line and line.is_protected),
            volume_falls=output.volume_falls(revision.volume),
            output_realised=output.realised,
            of_its_type=by_type[_type_of(one)],
            travel_added=travel,
            words=f"{line.detail} {texts.get(line.pk, '')}" if line else one.detail,
        )


def _type_of(one: RevisionMovement) -> tuple[str, str, Funding]:
    """Return the component of a line with its spending type, and what it hangs on."""
    return one.line_key.rpartition(".")[0], one.account[:2], one.funding


def given_of(revision: Revision, movements: Iterable[RevisionMovement]) -> Iterable[Given]:
    for one in movements:
        authority = one.funding.authority or revision.unit.authority
        yield Given(one.line_key, authority, one.rupiah, not one.ceiling_before)


def costed_of(movements: Iterable[RevisionMovement]) -> list[Costed]:
    return [
        Costed(
            one.line_key,
            str(row.get("text", "")),
            row.get("unit_cost"),
            one.province_id,
            str(row.get("unit") or ""),
        )
        for one in movements
        for row in one.rows_after
    ]


def _texts_below(lines: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = defaultdict(str)
    rows = LineDetail.objects.filter(line__in=list(lines))
    for line, text in rows.values_list("line_id", "text"):
        found[line] += f" {text}"
    return found
