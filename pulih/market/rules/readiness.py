"""How ready a firm is for export: the offices' 4K + 1A as terms, each told yes, no, or not told.

What nobody told is never taken as “no”. Source: EXPORT-01.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

LEVELS = ("local", "national", "aggregator", "direct")
WEEKS, MONTHS = 8, 9
MOST_ASKED = 7  # And one tap to send.


@dataclass(frozen=True)
class Term:
    """One term of the questionnaire. level: from which market on it is needed. known: instead."""

    key: str
    part: str
    level: str
    known: str
    chapters: tuple[str, ...]
    text_id: str
    text_en: str
    measure: str
    valid_from: date
    valid_to: date | None = None

    def holds(self, on: date, chapters: frozenset[str]) -> bool:
        """Tell whether it is asked of a maker of these HS chapters; of none known: all are."""
        is_dated = self.valid_from <= on and (self.valid_to is None or on < self.valid_to)
        return is_dated and (not self.chapters or not chapters or bool(chapters & {*self.chapters}))


@dataclass(frozen=True)
class Answered:
    """A term with what is told of it. says: None while nobody told. how: known, answered or “”."""

    term: Term
    says: bool | None
    how: str = ""


def answered(
    terms: Iterable[Term], known: Mapping[str, bool], said: Mapping[str, bool]
) -> list[Answered]:
    """Put together what Pulih knows and what was answered; what is known comes first."""
    found = []
    for term in terms:
        if term.key in known:
            found.append(Answered(term, known[term.key], "known"))
        elif term.key in said:
            found.append(Answered(term, said[term.key], "answered"))
        else:
            found.append(Answered(term, None))
    return found


def level_of(answers: Sequence[Answered]) -> str:
    """The furthest market whose terms, and those of all nearer ones, are told with yes."""
    reached = LEVELS[0]
    for level in LEVELS[1:]:
        if any(one.says is not True for one in answers if one.term.level == level):
            return reached
        reached = level
    return reached


def missing(answers: Sequence[Answered]) -> list[Answered]:
    """What stands between a firm and the next market: terms told with no, or not told."""
    at = LEVELS.index(level_of(answers)) + 1
    if at == len(LEVELS):
        return []
    return [one for one in answers if one.term.level == LEVELS[at] and one.says is not True]


def to_ask(answers: Sequence[Answered]) -> list[Term]:
    """What is still to be asked, at most so many that eight taps are enough."""
    open_terms = [one.term for one in answers if one.says is None and one.term.known != "capacity"]
    return open_terms[:MOST_ASKED]


def lifted(firms: Iterable[Sequence[Answered]]) -> Counter[str]:
    """Count, by term, the firms that a “yes” to this term alone would bring one market further."""
    counts: Counter[str] = Counter()
    for answers in firms:
        lacking = missing(answers)
        if len(lacking) == 1 and lacking[0].says is False:
            counts[lacking[0].term.key] += 1
    return counts


def makes_enough(per_week: int, smallest: int) -> bool:
    return per_week * WEEKS >= smallest


def produced_long_enough(producing: int, stopped: int) -> bool | None:
    """Tell of the last twelve months: known to have produced, known not to, or not known."""
    if producing >= MONTHS:
        return True
    return False if stopped > 12 - MONTHS else None
