"""What a revision does, as facts that the rules of authority speak of.

A fact of one movement, or of all together, is only ever gained by a further movement, but for
`adds_exempt_only`, which is only ever lost. Source: REV-02, REV-04.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pulih.budget.rules.keys import LineKey, line_key
from pulih.classifications import accounts

LEVELS = (
    "between_accounts",
    "between_components",
    "between_suboutputs",
    "between_outputs",
    "between_activities",
    "between_programmes",
)
MUST_BE_RULED = frozenset(
    {
        *LEVELS, "between_funds", "between_authorities", "between_units", "between_regions",
        "ceiling_changes", "new_output", "volume_falls", "blocked_line",
    }
)  # fmt: skip
OPERATIONAL = ("51", "5211", "52211")
SALARY, TRAVEL = "51", "524"
PUBLIC_SERVICE_FUND = "BLU"


@dataclass(frozen=True)
class Move:
    """One movement as the rules see it, with all that its line hangs on.

    volume_falls: nobody said that its volume stays, or nothing is left of its output.
    unit, region: whose money it is, where several units are revised together.
    """

    line_key: str
    fiscal_year: int
    rupiah: int
    programme: str = ""
    is_new_line: bool = False
    is_new_output: bool = False
    volume_falls: bool = False
    blocked: int = 0
    on: date = date(2020, 6, 15)
    fund_source: str = "RM"
    authority: str = ""
    unit: str = ""
    region: str = ""

    @property
    def key(self) -> LineKey | None:
        read = line_key(self.line_key, self.fiscal_year)
        return read if isinstance(read, LineKey) else None

    @property
    def account(self) -> str:
        return self.line_key[-6:]

    @property
    def spending_type(self) -> str:
        return self.account[:2]

    @property
    def is_operational(self) -> bool:
        return self.account.startswith(OPERATIONAL)

    @property
    def is_exempt(self) -> bool:
        """Tell whether its money may come from another spending type: REV-02 names three."""
        is_covid = accounts.is_covid(self.account, self.on)
        return is_covid or self.is_operational or self.fund_source == PUBLIC_SERVICE_FUND

    @property
    def path(self) -> tuple[str, ...]:
        """Return what the line hangs on, widest first; a broken key hangs on nothing known."""
        key = self.key
        if key is None:
            return (self.programme, "?", "?", "?", "?", self.line_key)
        component = f"{key.component}.{key.subcomponent}"
        return (self.programme, key.activity, key.output, key.suboutput, component, key.account)


def facts_of(moves: Sequence[Move], *, own: bool = True) -> frozenset[str]:
    """Return the facts of movements made together; with those of each by itself if `own`."""
    found = set(LEVELS[: spread(moves) + 1]) if moves else set()
    gains = [move for move in moves if move.rupiah > 0]
    told = {
        "type_changes": _crosses(moves, lambda move: move.spending_type),
        "between_funds": _crosses(moves, lambda move: move.fund_source),
        "between_authorities": _crosses(moves, lambda move: move.authority),
        "operation_to_other": any(m.rupiah < 0 and m.is_operational for m in moves)
        and any(not move.is_operational for move in gains),
        "adds_exempt_only": all(move.is_exempt for move in gains),
    }
    found |= {name for name, is_so in told.items() if is_so}
    for move in moves if own else ():
        found |= own_facts(move)
    return frozenset(found)


def facts_across_units(moves: Sequence[Move]) -> frozenset[str]:
    """Return the facts of the revisions of several units made together, as one whole."""
    units, regions = {move.unit for move in moves}, {move.region for move in moves}
    found = set(facts_of(moves, own=False))
    if len(units) > 1:
        found.add("between_units")
    if len(regions) > 1:
        found.add("between_regions")
    return frozenset(found)


def own_facts(move: Move) -> frozenset[str]:
    """Return the facts of a movement by itself."""
    found = {
        "new_line": move.is_new_line,
        "new_output": move.is_new_output,
        "volume_falls": move.volume_falls,
        "blocked_line": move.blocked > 0,
        "adds_travel": move.rupiah > 0 and move.account.startswith(TRAVEL),
        "salary": move.account.startswith(SALARY),
        "unreadable_key": move.key is None,
    }
    return frozenset(name for name, is_so in found.items() if is_so)


def spread(moves: Sequence[Move]) -> int:
    """Return how many levels of change the movements reach: the place in LEVELS of the widest."""
    for depth in range(5):
        if len({move.path[: depth + 1] for move in moves}) > 1:
            return len(LEVELS) - 1 - depth
    return 0


def _crosses(moves: Iterable[Move], value_of: Callable[[Move], str]) -> bool:
    """Tell whether money leaves one value and another gains."""
    losing = {value_of(move) for move in moves if move.rupiah < 0}
    gaining = {value_of(move) for move in moves if move.rupiah > 0}
    return len(losing | gaining) > 1 and bool(losing) and bool(gaining)
