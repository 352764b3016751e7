"""Who may approve a revision: dated rules, kept as readable data in `data/authority.toml`.

A revision is described by facts (how far its money goes, which accounts, what it does to outputs);
each rule that fits names an office, and the highest of them decides. Facts of a rule's `when` can
only be added by further movements, and those of its `unless` only be lost, so that a further
movement never lowers the office. What no plain rule (one fact, no exception) speaks of is never
taken for allowed: then the answer is "ask DJA". Source: REV-01, REV-02, REV-03, REV-04, REV-05.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import Any

from pulih.classifications import accounts
from pulih.common.errors import Message

from .keys import LineKey, line_key


class Office(IntEnum):
    """Who approves, lowest first. Several may have to; the highest is named."""

    KPA = 1
    PPA = 2
    KANWIL = 3
    DIT_PA = 4
    DJA = 5
    DPR = 6


NAMES = {
    Office.KPA: Message("KPA", "KPA"),
    Office.PPA: Message("PPA (eselon I)", "PPA (directorate general)"),
    Office.KANWIL: Message("Kanwil DJPb", "Kanwil DJPb"),
    Office.DIT_PA: Message("Dit. PA DJPb", "Directorate PA, DJPb"),
    Office.DJA: Message("DJA", "DJA"),
    Office.DPR: Message("DJA dengan DPR", "DJA with parliament"),
}
LEVELS = (
    "between_accounts",
    "between_components",
    "between_suboutputs",
    "between_outputs",
    "between_activities",
    "between_programmes",
)
MUST_BE_RULED = frozenset(
    {*LEVELS, "ceiling_changes", "between_units", "new_output", "volume_falls", "blocked_line"}
)
OPERATIONAL = ("51", "5211", "52211")
UNKNOWN = Message(
    "Tidak ada aturan yang ditemukan untuk pergeseran ini. Tanyakan kepada DJA sebelum diajukan.",
    "No rule was found for this change. Ask DJA before it is sent.",
)


@dataclass(frozen=True)
class Move:
    """One movement as the rules see it. volume_falls: nobody said that its volume stays."""

    line_key: str
    fiscal_year: int
    rupiah: int
    programme: str = ""
    is_new_line: bool = False
    is_new_output: bool = False
    volume_falls: bool = False
    blocked: int = 0
    on: date = date(2020, 6, 15)

    @property
    def key(self) -> LineKey | None:
        read = line_key(self.line_key, self.fiscal_year)
        return read if isinstance(read, LineKey) else None

    @property
    def account(self) -> str:
        return self.line_key[-6:]

    @property
    def path(self) -> tuple[str, ...]:
        """Return what the line hangs on, widest first; a broken key hangs on nothing known."""
        key = self.key
        if key is None:
            return (self.programme, "?", "?", "?", "?", self.line_key)
        component = f"{key.component}.{key.subcomponent}"
        return (self.programme, key.activity, key.output, key.suboutput, component, key.account)


@dataclass(frozen=True)
class Rule:
    """One rule of a regime: who approves what fits `when` and not `unless`, why, by which text."""

    office: Office
    when: frozenset[str]
    unless: frozenset[str]
    message: Message
    source: str
    verified: bool

    def fits(self, facts: frozenset[str]) -> bool:
        """Tell whether the rule speaks of something with these facts."""
        return self.when <= facts and not (self.unless and self.unless <= facts)


@dataclass(frozen=True)
class Regime:
    """The rules of one regulation and its amendments, from one day until before another."""

    name: Message
    valid_from: date
    valid_to: date | None
    rules: tuple[Rule, ...]

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class Verdict:
    """Who approves and why; `rule` None when nothing was found."""

    office: Office
    message: Message
    rule: Rule | None = None

    @property
    def is_known(self) -> bool:
        return self.rule is not None

    @property
    def name(self) -> Message:
        if self.rule is None:
            return Message("Tanya DJA", "Ask DJA")
        return NAMES[self.office]


@dataclass(frozen=True)
class Judged:
    """The verdict on a whole revision and on each of its movements, in their order."""

    whole: Verdict
    moves: tuple[Verdict, ...]
    regime: Regime | None
    on: date


@dataclass(frozen=True)
class Context:
    """What is known of the whole besides its movements, in rupiah.

    set_total: of all revisions made together (one plan's drafts); the own total where alone.
    """

    declared_total: int = 0
    set_total: int = 0

    @property
    def facts(self) -> frozenset[str]:
        if not self.declared_total:
            return frozenset()
        return frozenset({"ceiling_changes"} if self.set_total else {"between_units"})


def judge(moves: Sequence[Move], context: Context, on: date) -> Judged:
    """Return who must approve movements made together, by the rules of the day `on`."""
    regime = regime_on(on)
    return judged_by(regime, moves, context, on)


def judged_by(regime: Regime | None, moves: Sequence[Move], context: Context, on: date) -> Judged:
    """Return who must approve by one regime; without one nothing is known."""
    rules = regime.rules if regime else ()
    whole_facts = _facts(moves, _spread(moves)) | context.facts
    whole = _verdict(rules, whole_facts)
    each = tuple(_of_move(rules, moves, place, context) for place in range(len(moves)))
    return Judged(_highest([whole, *each]), each, regime, on)


def _of_move(rules: Sequence[Rule], moves: Sequence[Move], place: int, context: Context) -> Verdict:
    """Judge one movement by the smallest part of the budget in which the money stays."""
    one = moves[place]
    for depth in range(len(LEVELS) - 1, 0, -1):
        near = [other for other in moves if other.path[:depth] == one.path[:depth]]
        if len(near) > 1 and not sum(other.rupiah for other in near):
            return _verdict(rules, _own(one) | _facts(near, _spread(near), own=False))
    return _verdict(rules, _own(one) | _facts(moves, _spread(moves), own=False) | context.facts)


def _spread(moves: Sequence[Move]) -> int:
    """Return how many levels of change the movements reach: the place in LEVELS of the widest."""
    for depth in range(5):
        if len({move.path[: depth + 1] for move in moves}) > 1:
            return len(LEVELS) - 1 - depth
    return 0


def _facts(moves: Sequence[Move], spread: int, *, own: bool = True) -> frozenset[str]:
    found = set(LEVELS[: spread + 1]) if moves else set()
    if len({move.account[:2] for move in moves}) > 1:
        found.add("type_changes")
    if len({_is_operational(move.account) for move in moves}) > 1:
        found.add("operation_changes")
    gains = [move for move in moves if move.rupiah > 0]
    if all(accounts.is_covid(move.account, move.on) for move in gains):
        found.add("adds_covid_only")
    for move in moves if own else ():
        found |= _own(move)
    return frozenset(found)


def _own(move: Move) -> frozenset[str]:
    """Return the facts of a movement by itself."""
    found = {
        "new_line": move.is_new_line,
        "new_output": move.is_new_output,
        "volume_falls": move.volume_falls,
        "blocked_line": move.blocked > 0,
        "adds_travel": move.rupiah > 0 and move.account.startswith("524"),
        "salary": move.account.startswith("51"),
        "unreadable_key": move.key is None,
    }
    return frozenset(name for name, is_so in found.items() if is_so)


def _is_operational(account: str) -> bool:
    return account.startswith(OPERATIONAL)


def _verdict(rules: Sequence[Rule], facts: frozenset[str]) -> Verdict:
    fitting = [rule for rule in rules if rule.fits(facts)]
    plain = {
        name for rule in rules if len(rule.when) == 1 and not rule.unless for name in rule.when
    }
    asked = facts & MUST_BE_RULED
    if "unreadable_key" in facts or not asked or not asked <= plain:
        highest = max((rule.office for rule in fitting), default=Office.DJA)
        return Verdict(max(highest, Office.DJA), UNKNOWN)
    rule = max(fitting, key=lambda one: (one.office, len(one.when), _width(one)))
    return Verdict(rule.office, rule.message, rule)


def _width(rule: Rule) -> int:
    """Return how wide the level is that a rule speaks of; what is no level is told first."""
    return max(LEVELS.index(name) if name in LEVELS else len(LEVELS) for name in rule.when)


def _highest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the highest verdict; at the same height what is not known goes before what is."""
    return max(verdicts, key=lambda verdict: (verdict.office, not verdict.is_known))


def regime_on(on: date) -> Regime | None:
    """Return the regime of a day; None where none is known."""
    return next((regime for regime in regimes() if regime.holds(on)), None)


@cache
def regimes() -> tuple[Regime, ...]:
    """Return every regime, as the data has them."""
    text = files("pulih.budget").joinpath("data", "authority.toml").read_text("utf-8")
    return tuple(_regime(one) for one in tomllib.loads(text)["regime"])


def _regime(read: dict[str, Any]) -> Regime:
    return Regime(
        Message(read["id"], read["en"]),
        read["valid_from"],
        read.get("valid_to"),
        tuple(_rule(one) for one in read["rule"]),
    )


def _rule(read: dict[str, Any]) -> Rule:
    return Rule(
        Office[read["office"]],
        frozenset(read["when"]),
        frozenset(read.get("unless", ())),
        Message(read["id"], read["en"]),
        read["source"],
        read["verified"],
    )
