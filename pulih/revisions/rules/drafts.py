"""From an adopted plan to the movements of a revision, unit by unit; the action stores them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pulih.budget.rules.amounts import split
from pulih.budget.rules.keys import FIRST_YEAR_OF_KRO, NOT_SAID, Funding, LineKey, line_key_of_parts
from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah

NEW = "NEW"
Template = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class PlannedLine:
    """One row of a plan: a line's id, or `NEW:<province>:<measure>`, before and after in rupiah."""

    line: str
    province_id: int
    measure: str
    before: int
    after: int

    @property
    def is_new(self) -> bool:
        return self.line.startswith(f"{NEW}:")


@dataclass(frozen=True)
class KnownLine:
    """What the ledger says of a line now."""

    line_id: int
    unit_id: int
    line_key: str
    account: str
    ceiling: int
    held: int  # Committed and blocked.
    is_protected: bool
    funding: Funding = NOT_SAID


@dataclass(frozen=True)
class DraftMovement:
    """A ceiling movement on a line, or on one to be opened (line_id None)."""

    unit_id: int
    line_id: int | None
    line_key: str
    account: str
    measure: str
    ceiling_before: int
    rupiah: int
    funding: Funding = NOT_SAID  # Of a line that is there, or as said of one to be opened.


def moved_line(plan: PlannedLine, line: KnownLine) -> DraftMovement | None:
    """Return the movement of a line that is there; None if it stays. Raises Refusal.

    Refused: a plan made on other balances than today's, one that touches committed or blocked
    money, or a protected line.
    """
    if plan.before != line.ceiling:
        raise Refusal(_stale(plan, line))
    if plan.after == plan.before:
        return None
    if plan.after < line.held or line.is_protected:
        raise Refusal(_held(plan, line))
    return DraftMovement(
        line.unit_id,
        line.line_id,
        line.line_key,
        line.account,
        plan.measure,
        line.ceiling,
        plan.after - plan.before,
        line.funding,
    )


def opened_lines(
    plan: PlannedLine,
    *,
    unit_id: int,
    fiscal_year: int,
    template: Template,
    shares: Mapping[str, int],
    known: Mapping[str, KnownLine],
) -> list[DraftMovement]:
    """Return the movements that open a measure's lines in a unit. Raises Refusal.

    A line of the same key that is there already is raised instead of opened twice.
    """
    key_parts = template.get(scheme_of(fiscal_year))
    if not key_parts or not shares:
        raise Refusal(_without_template(plan, fiscal_year))
    movements = []
    for account, amount in split(plan.after, shares).items():
        key = line_key_of_parts({**key_parts, "account": account}, fiscal_year)
        if not isinstance(key, LineKey):
            raise Refusal(_without_template(plan, fiscal_year))
        line = known.get(str(key))
        if amount:
            movements.append(
                DraftMovement(
                    unit_id,
                    line.line_id if line else None,
                    str(key),
                    account,
                    plan.measure,
                    line.ceiling if line else 0,
                    amount,
                    line.funding if line else NOT_SAID,
                )
            )
    return movements


def scheme_of(fiscal_year: int) -> str:
    """Return which template a year's lines follow: "2020" or "2021"."""
    return "2021" if fiscal_year >= FIRST_YEAR_OF_KRO else "2020"


def merged(movements: Iterable[DraftMovement]) -> list[DraftMovement]:
    """Add up movements of the same line, drop what comes to nothing, sort by key."""
    summed: dict[tuple[int, int | None, str, Funding], DraftMovement] = {}
    for one in movements:
        place = (one.unit_id, one.line_id, one.line_key, one.funding)
        earlier = summed.get(place)
        rupiah_now = one.rupiah + (earlier.rupiah if earlier else 0)
        summed[place] = DraftMovement(
            one.unit_id,
            one.line_id,
            one.line_key,
            one.account,
            one.measure,
            one.ceiling_before,
            rupiah_now,
            one.funding,
        )
    return sorted(
        (one for one in summed.values() if one.rupiah), key=lambda one: (one.unit_id, one.line_key)
    )


def _stale(plan: PlannedLine, line: KnownLine) -> Message:
    return Message(
        f"Pagu baris {line.line_key} sekarang {rupiah(line.ceiling)}, sedangkan rencana dibuat "
        f"dengan {rupiah(plan.before)}. Hitung ulang rencananya. Belum ada yang disimpan.",
        f"The ceiling of line {line.line_key} is now {rupiah(line.ceiling, 'en')}, while the plan "
        f"was made with {rupiah(plan.before, 'en')}. Solve the plan again. Nothing was saved.",
    )


def _held(plan: PlannedLine, line: KnownLine) -> Message:
    return Message(
        f"Baris {line.line_key} tidak boleh menjadi {rupiah(plan.after)}: {rupiah(line.held)} "
        "sudah terikat atau diblokir, atau barisnya dilindungi. Belum ada yang disimpan.",
        f"Line {line.line_key} may not become {rupiah(plan.after, 'en')}: "
        f"{rupiah(line.held, 'en')} is committed or blocked, or the line is protected. "
        "Nothing was saved.",
    )


def _without_template(plan: PlannedLine, fiscal_year: int) -> Message:
    return Message(
        f"Langkah “{plan.measure}” belum punya pola baris POK {fiscal_year}. Lengkapi polanya di "
        "Langkah strategis. Belum ada yang disimpan.",
        f"The measure “{plan.measure}” has no template of POK lines for {fiscal_year}. Complete "
        "it under Measures. Nothing was saved.",
    )
