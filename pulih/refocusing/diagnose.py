"""From a case that cannot hold to the conflict that people read."""

from collections.abc import Callable, Sequence
from typing import Literal

from pulih.common.errors import Message
from pulih.common.money import grouped, rupiah
from pulih.refocusing.case import Case, Line
from pulih.refocusing.conflict import LimitSide, Rule, Trial, every_rule, irreducible
from pulih.refocusing.grid import Grid
from pulih.refocusing.plan import Conflict, ConflictRule
from pulih.refocusing.rules import MoneyRule
from pulih.refocusing.words import both, rule_says


def conflict_of(grid: Grid, seconds: Callable[[], float]) -> Conflict:
    """Return why no plan can hold: an irreducible set of rules and by how much it fails.

    seconds: the time left; when it runs out the set may still hold more rules than it must.
    """
    rules = every_rule(grid)
    chosen = irreducible(rules, lambda kept: seconds() > 0 and _can_hold(grid, kept))
    is_irreducible = seconds() > 0
    relaxed = _first_to_give_way(chosen)
    alone = Trial(grid, chosen, relaxed).gives_way()
    among_all = Trial(grid, rules, relaxed).gives_way() if seconds() > 0 else None
    set_fails_by = _public_amount(grid.case, relaxed, alone or 0)
    fails_by = set_fails_by if not among_all else _public_amount(grid.case, relaxed, among_all)
    unit: Literal["rupiah", "units"] = "units" if isinstance(relaxed.says, LimitSide) else "rupiah"
    return Conflict(
        rules=tuple(_told(grid.case, rule) for rule in sorted(chosen, key=lambda r: r.name)),
        relaxed=relaxed.name,
        fails_by=fails_by,
        set_fails_by=set_fails_by,
        unit=unit,
        is_irreducible=is_irreducible,
        message=_sentence(grid.case, relaxed, fails_by, unit),
    )


def _can_hold(grid: Grid, rules: Sequence[Rule]) -> bool:
    """Say whether rules can hold; sums of floors under a ceiling need no solver."""
    lines = [rule.says for rule in rules if isinstance(rule.says, Line)]
    others = [rule for rule in rules if not isinstance(rule.says, Line)]
    if not others:
        return True
    if [rule.name for rule in others] == ["ceiling"]:
        return sum(line.floor for line in lines) <= grid.case.settings.ceiling
    return Trial(grid, rules).holds()


def _first_to_give_way(rules: Sequence[Rule]) -> Rule:
    """Return the rule that people would first think of relaxing."""

    def order(rule: Rule) -> tuple[int, str]:
        match rule.says:
            case MoneyRule():
                place = 0 if rule.name == "ceiling" else 1
            case LimitSide(side=side):
                place = 2 if side == "min" else 3
            case Line():
                place = 4
            case _:
                place = 5
        return place, rule.name

    return min(rules, key=order)


def _public_amount(case: Case, rule: Rule, gives: int) -> int:
    """Return rupiah, or units where the rule counts batches."""
    if not isinstance(rule.says, LimitSide):
        return max(1, gives)
    limit, batch = rule.says.limit, case.measure[rule.says.limit.measure].batch
    if rule.says.side == "min":
        asked = limit.min_units or 0
        reachable = (-(-asked // batch) - gives) * batch
        return max(1, asked - reachable)
    most = limit.max_units or 0
    return max(1, (most // batch + gives) * batch - most)


def _told(case: Case, rule: Rule) -> ConflictRule:
    match rule.says:
        case Line() as line:
            amount: int | None = line.floor
        case LimitSide(limit=limit, side=side):
            amount = limit.min_units if side == "min" else limit.max_units
        case MoneyRule() as row if not rule.name.startswith("share:"):
            amount = abs(row.least)
        case _:
            amount = None
    return ConflictRule(rule.name, rule.area, amount, rule_says(case, rule.name))


def _sentence(case: Case, relaxed: Rule, fails_by: int, unit: str) -> Message:
    if relaxed.name == "ceiling":
        return both(
            f"Pagu kurang {rupiah(fails_by)} untuk yang wajib dipertahankan; naikkan pagu "
            "sebesar itu atau lepaskan salah satu aturan berikut.",
            f"The ceiling is {rupiah(fails_by, 'en')} short of what must be kept; raise it by "
            "that much or give up one of these rules.",
        )
    amount_id = rupiah(fails_by) if unit == "rupiah" else f"{grouped(fails_by)} satuan"
    units = "unit" if fails_by == 1 else "units"
    amount_en = rupiah(fails_by, "en") if unit == "rupiah" else f"{grouped(fails_by, 'en')} {units}"
    return both(
        f"Aturan-aturan ini tidak dapat berlaku bersama; {relaxed.name} gagal sebesar {amount_id}.",
        f"These rules cannot hold together; {relaxed.name} fails by {amount_en}.",
    )
