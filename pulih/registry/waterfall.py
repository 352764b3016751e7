"""The weight of a pair as a waterfall: bars of bits that add up to what is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulih.common.errors import Message
from pulih.linkage import words
from pulih.linkage.explain import Explained
from pulih.linkage.model import MATCH, REVIEW
from pulih.linkage.weights import START
from pulih.web.bars import Fall, fall

WIDTH = 170
ROOM = 1.0  # Bits left and right of the outermost bar.
NOTHING = 0.005  # Bits; less is not drawn,
LITTLE = 0.05  # and of the last term nothing that would be written as 0.0.
DIGITS = 6


@dataclass(frozen=True)
class Bar:
    """One step. label, says: in the page's language; bits: what it adds."""

    label: str
    says: str
    bits: float
    fall: Fall


@dataclass(frozen=True)
class Mark:
    """A threshold on the scale of the drawing."""

    bits: float
    x: float


@dataclass(frozen=True)
class Waterfall:
    """bars: start and terms, in the order of the model; silent: what weighs nothing, by name."""

    bars: list[Bar]
    silent: list[str]
    weight: float
    sum: Fall
    match: Mark
    review: Mark
    width: int = WIDTH

    @property
    def probability(self) -> float:
        """Return the probability that the two are one firm, 0 to 1."""
        return probability(self.weight)

    @property
    def decision(self) -> str:
        """Return what the weight alone would decide: match, review or no."""
        return decision(self.weight)


def probability(weight: float) -> float:
    """Return the probability that goes with a weight in bits."""
    return 1 / (1 + 2**-weight) if weight > -1_000 else 0.0


def decision(weight: float) -> str:
    """Return what a weight in bits decides by itself: match, review or no."""
    if weight >= MATCH:
        return "match"
    return "review" if weight >= REVIEW else "no"


def of_explained(explained: Explained, language: str) -> Waterfall:
    """Return the drawing of what linkage explained."""
    terms = [
        (_named(term.comparison, language), term.says.in_language(language), term.bits)
        for term in explained.terms
    ]
    return _drawn(explained.start, terms, explained.weight, language)


def of_terms(terms: Sequence[Mapping[str, Any]], weight: float, language: str) -> Waterfall:
    """Return the drawing of a review's kept terms; what they leave of the weight is the start."""
    english = language.startswith("en")
    told = [
        (
            _named(str(term["comparison"]), language),
            str(term["says_en" if english else "says_id"]),
            float(term["bits"]),
        )
        for term in terms
        if term["comparison"] != "start"
    ]
    start = round(weight - sum(bits for _label, _says, bits in told), DIGITS)
    return _drawn(start, told, weight, language)


def _drawn(
    start: float, terms: Sequence[tuple[str, str, float]], weight: float, language: str
) -> Waterfall:
    doubt = _named(words.OTHER_FIRM[0], language)
    beginning = (_named("start", language), words.SAYS[START].in_language(language), start)
    steps = [
        beginning,
        *(each for each in terms if abs(each[2]) >= (LITTLE if each[0] == doubt else NOTHING)),
    ]
    ends = [0.0]
    for _label, _says, bits in steps:
        ends.append(ends[-1] + bits)
    low = min(*ends, weight, REVIEW) - ROOM
    high = max(*ends, weight, MATCH) + ROOM
    bars = [
        Bar(label, says, bits, fall(ends[at], bits, low, high, WIDTH))
        for at, (label, says, bits) in enumerate(steps)
    ]
    unit = WIDTH / (high - low)
    return Waterfall(
        bars,
        [label for label, _says, bits in terms if abs(bits) < NOTHING and label != doubt],
        weight,
        fall(0.0, weight, low, high, WIDTH),
        Mark(MATCH, round((MATCH - low) * unit, 1)),
        Mark(REVIEW, round((REVIEW - low) * unit, 1)),
    )


def _named(comparison: str, language: str) -> str:
    name: Message | None = words.NAMES.get(comparison)
    return name.in_language(language) if name else comparison
