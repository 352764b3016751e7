"""The questions of a study, in order, and how each is answered: pure, for a process of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pulih.refocusing import Case, Outcome, solve
from pulih.refocusing.changes import Change, changed
from pulih.refocusing.doubts import Doubt, Told, doubts_of, effect_of, today_of
from pulih.refocusing.quick import Quick, quick
from pulih.refocusing.relief import Units
from pulih.refocusing.rivals import RIVALS, Rival, rival_of

from .estimates import Estimated, estimates, ways
from .variants import ceilings_of
from .what_if import Moved, change_of, moved_from

GAP = 1e-4
FAIRNESS_STEPS = tuple(range(0, 100, 5))  # Percent of the lowest coverage that is given up.


@dataclass(frozen=True)
class Question:
    """What is changed, as it is kept: the words of `Moved`, a rival's name, or a doubt."""

    place: int
    change: dict[str, Any]


Answer = Outcome | Told | Estimated | None


def questions_of(kind: str, case: Case, asked: dict[str, Any]) -> list[Question]:
    """Return what a study asks of a case."""
    match kind:
        case "ceiling":
            changes = [Moved(ceiling=ceiling).as_json() for ceiling in ceilings_of(case)]
        case "fairness":
            changes = [Moved(given_up_percent=Decimal(p)).as_json() for p in FAIRNESS_STEPS]
        case "rivals":
            changes = [{}, *({"rival": rival} for rival in RIVALS)]
        case "needs":
            changes = [dict(way) for way in ways()]
        case "doubts":
            changes = [_as_json(doubt) for doubt in doubts_of(case)]
        case _:
            changes = [asked]
    return [Question(place, change) for place, change in enumerate(changes)]


def answers(
    kind: str,
    case: Case,
    questions: Sequence[Question],
    time_limit: float,
    today_units: Units | None = None,
) -> Iterator[tuple[Question, Answer]]:
    """Yield an answer to each question; None where no plan was found.

    today_units: of the scenario's own plan, where the study compares with it.
    """
    if kind in ("ceiling", "fairness"):
        yield from _along(kind, case, questions)
        return
    if kind == "needs":
        yield from _estimated(case, questions, today_units or {})
        return
    today = today_of(case) if kind == "doubts" else None
    for question in questions:
        if kind == "exact":
            change = change_of(moved_from(question.change), case)
            yield question, solve(changed(case, change), gap=GAP, time_limit=time_limit)
        elif today is not None:
            yield question, effect_of(case, today, doubt_from(question.change))
        else:
            yield question, _quickly(case, question)


def _estimated(
    case: Case, questions: Sequence[Question], today: Units
) -> Iterator[tuple[Question, Answer]]:
    """Yield how each plan fares; all are tried again, for each is held against all."""
    by_change = {tuple(sorted(question.change.items())): question for question in questions}
    for way, found in estimates(case, today):
        question = by_change.get(tuple(sorted(way.items())))
        if question is not None:
            yield question, found


def _along(
    kind: str, case: Case, questions: Sequence[Question]
) -> Iterator[tuple[Question, Answer]]:
    """Yield the plans of a curve, each rule looser than the one before.

    A plan stays lawful as rules loosen, so that no plan is worse than an earlier one. All are
    found again, whichever are asked for: what is kept never hangs on where a worker died.
    """
    asked, best = {question.place for question in questions}, None
    for question in questions_of(kind, case, {}):
        there = changed(case, change_of(moved_from(question.change), case))
        found = quick(there)
        if found is not None and best is not None and _is_worse(kind, found, best):
            found = replace(found, best=best.best)
        best = found or best
        if question.place in asked:
            yield question, None if found is None else found.as_solved(there)


def _is_worse(kind: str, found: Quick, best: Quick) -> bool:
    if kind == "fairness":
        return found.relief < best.relief
    return (found.worst or 0.0) < (best.worst or 0.0)


def _quickly(case: Case, question: Question) -> Outcome | None:
    change = change_from(question.change, case)
    found = None if change is None else quick(changed(case, change))
    return None if found is None else found.as_solved()


def change_from(kept: dict[str, Any], case: Case) -> Change | None:
    """Return the change that a question keeps; None where it is not lawful."""
    if "rival" in kept:
        rival: Rival = kept["rival"]
        return rival_of(case, rival)
    return change_of(moved_from(kept), case)


def _as_json(doubt: Doubt) -> dict[str, Any]:
    return {"kind": doubt.kind, "code": doubt.code, "factor": str(doubt.factor)}


def doubt_from(kept: dict[str, Any]) -> Doubt:
    return Doubt(kept["kind"], kept["code"], Fraction(kept["factor"]))
