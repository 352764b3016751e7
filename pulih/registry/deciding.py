"""What a run makes of the pairs that linkage found: who is joined, and about whom people are asked.

Pure: values in, values out. The likeliest pairs go first; ties go by the ids.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from .forest import Forest, Joined


class Pair(NamedTuple):
    """Two enterprises that linkage compared. weight: bits; levels: what each comparison saw."""

    one: int
    other: int
    weight: float
    is_match: bool
    levels: str = ""


class Join(NamedTuple):
    edge: Joined
    weight: float | None  # None: a copy of another, or held together by others.


class Question(NamedTuple):
    first: int
    second: int
    pair: Pair


@dataclass
class Decided:
    """unasked: doubtful pairs that are one too many about one firm; a later run may ask them."""

    joins: list[Join] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    unasked: int = 0


# About one firm in one run: a list that repeats one number would fill a whole office's queue.
MOST_QUESTIONS = 5
Refuses = Callable[[Collection[int], Collection[int]], bool]


def decide(
    pairs: Iterable[Pair],
    clusters: Iterable[tuple[int, int]],
    forest: Forest,
    refuses: Refuses = lambda _ours, _theirs: False,
) -> Decided:
    """Join what matches in `forest`, and return the joins and the questions that remain.

    clusters: (enterprise, one of the same cluster), for what no single pair joins. refuses:
    what other rooms say of the watched of two groups that would be one; people are then asked.
    """
    decided = Decided()
    ordered = sorted(pairs, key=lambda pair: (-pair.weight, pair.one, pair.other))
    known = [pair for pair in ordered if pair.one in forest and pair.other in forest]
    wished = [(pair.one, pair.other, pair.weight) for pair in known if pair.is_match]
    held = [(one, other, None) for one, other in sorted(clusters)]
    for one, other, weight in [*wished, *held]:
        if one in forest and other in forest and not _is_refused(forest, one, other, refuses):
            edge = forest.join(one, other)
            if edge:
                decided.joins.append(Join(edge, weight))
    decided.questions, decided.unasked = _questions(known, forest)
    return decided


def _is_refused(forest: Forest, one: int, other: int, refuses: Refuses) -> bool:
    if forest.top(one) == forest.top(other):
        return False
    ours, theirs = forest.watched(one), forest.watched(other)
    return bool(ours and theirs) and refuses(ours, theirs)


def _questions(pairs: Iterable[Pair], forest: Forest) -> tuple[list[Question], int]:
    """Return one question for each two groups that are not one, and how many were too many.

    The likeliest pair of two groups speaks, and the likeliest doubts about a firm go first.
    """
    found: dict[tuple[int, int], Question | None] = {}
    asked: Counter[int] = Counter()
    for pair in pairs:
        first, second = sorted((forest.top(pair.one), forest.top(pair.other)))
        if first == second or (first, second) in found or forest.are_apart(first, second):
            continue
        if max(asked[first], asked[second]) >= MOST_QUESTIONS:
            found[first, second] = None
            continue
        asked.update((first, second))
        found[first, second] = Question(first, second, pair)
    questions = [question for question in found.values() if question]
    return questions, len(found) - len(questions)
