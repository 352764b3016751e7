"""Who may approve a revision: dated rules, kept as readable data in `data/authority.toml`.

A revision is described by facts (how far its money goes, which funds and accounts, what it does to
outputs); each rule that fits names an office, and the highest of them decides. Facts of a rule's
`when` can only be added by further movements, and those of its `unless` only be lost, so that a
further movement never lowers the office. What no plain rule (one fact, no exception) speaks of is
never taken for allowed: then the answer is "ask DJA".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pulih.budget.rules.offices import NAMES, Office
from pulih.common.errors import Message

from .moves import LEVELS, MUST_BE_RULED, Move, facts_of, own_facts
from .regimes import Regime, Rule, regime_on

EXEMPT = "adds_exempt_only"  # The one fact that further movements take away.
ANY_UNITS = frozenset({"between_units", "between_regions"})  # Where nobody kept which they are.
UNKNOWN = Message(
    "Tidak ada aturan yang ditemukan untuk pergeseran ini. Tanyakan kepada DJA sebelum diajukan.",
    "No rule was found for this change. Ask DJA before it is sent.",
)


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
    set_facts: of all their movements as one whole.
    """

    declared_total: int = 0
    set_total: int = 0
    set_facts: frozenset[str] = frozenset()

    def beside(self, own: frozenset[str]) -> frozenset[str]:
        """Return the facts of a revision's own movements with those of the whole it is part of."""
        if not self.declared_total:
            return own
        if self.set_total:
            found = own | self.set_facts | {"ceiling_changes"}
        else:
            found = own | (self.set_facts or ANY_UNITS) | {"between_units"}
        return found if not self.set_facts or EXEMPT in self.set_facts else found - {EXEMPT}


def judge(moves: Sequence[Move], context: Context, on: date) -> Judged:
    """Return who must approve movements made together, by the rules of the day `on`."""
    regime = regime_on(on)
    return judged_by(regime, moves, context, on)


def judged_by(regime: Regime | None, moves: Sequence[Move], context: Context, on: date) -> Judged:
    """Return who must approve by one regime; without one nothing is known."""
    rules = regime.rules if regime else ()
    whole = _verdict(rules, context.beside(facts_of(moves)))
    each = tuple(_of_move(rules, moves, place, context) for place in range(len(moves)))
    return Judged(_highest([whole, *each]), each, regime, on)


def _of_move(rules: Sequence[Rule], moves: Sequence[Move], place: int, context: Context) -> Verdict:
    """Judge one movement by the smallest part of the budget in which the money stays."""
    one = moves[place]
    for depth in range(len(LEVELS) - 1, 0, -1):
        near = [other for other in moves if other.path[:depth] == one.path[:depth]]
        if len(near) > 1 and not sum(other.rupiah for other in near):
            return _verdict(rules, own_facts(one) | facts_of(near, own=False))
    return _verdict(rules, context.beside(own_facts(one) | facts_of(moves, own=False)))


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
