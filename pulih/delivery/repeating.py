"""A draw worked out once more from its frozen list and seed: whether each decision is the same."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from pulih.casefiles.answers import why_otherwise
from pulih.common.errors import Message
from pulih.selection import Case, Solved, case_from_tables, decisions_of, digest, solve
from pulih.selection.case import MICRO

from .actions.selections import case_of
from .models import Selection, SelectionDecision

MOST_NAMED = 5
Rows = dict[str, tuple[Any, ...]]
KEPT = ("entry__code", "is_chosen", "group", "place", "line", "reason", "by")


def drawn() -> QuerySet[Selection]:
    """Return the selections that were solved, the oldest first."""
    found = Selection.objects.exclude(solved_at=None).select_related("activity")
    return found.order_by("pk")


def repeated(selection: Selection) -> Iterator[Message]:
    """Yield what differs when a draw is solved again as it was; nothing where it is the same.

    Gap and time limit are those of the first run.
    """
    of = selection.pk
    case = case_from_tables(*case_of(selection))
    if not isinstance(case, Case) or digest(case.applications) != selection.digest:
        yield Message(
            f"undian {of}: daftarnya bukan lagi yang sidiknya diumumkan",
            f"draw {of}: its list is not the one whose digest was published",
        )
        return
    outcome = solve(case, **selection.explanation["options"])
    before = _kept(selection)
    after = _decided(outcome) if isinstance(outcome, Solved) else {}
    others = [
        code for code in sorted(before.keys() | after.keys()) if before.get(code) != after.get(code)
    ]
    if others:
        why = why_otherwise(selection.explanation)
        named = ", ".join(others[:MOST_NAMED])
        yield Message(
            f"undian {of}: {len(others)} keputusan menjadi lain ({named}){why.id}",
            f"draw {of}: {len(others)} decisions come out otherwise ({named}){why.en}",
        )


def _kept(selection: Selection) -> Rows:
    rows = SelectionDecision.objects.filter(entry__selection=selection).values_list(*KEPT)
    return {code: (*rest, tuple(by)) for code, *rest, by in rows}


def _decided(outcome: Solved) -> Rows:
    return {
        one.application: (
            one.is_chosen, one.group, one.place,
            None if one.line is None else Decimal(one.line) / MICRO, one.reason, tuple(one.by),
        )
        for one in decisions_of(outcome.case, outcome.plan)
    }  # fmt: skip
