"""What a selection came to, and what would have changed one person's answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.people.models import User
from pulih.web.numbers import day, decimal, whole

from ..models import Activity, Applicant, Participant, Selection, SelectionDecision
from ..words import MOVED_UP, REASONS


@dataclass(frozen=True)
class PlaceRow:
    """One regency. line: the lowest and the highest line of its groups, None where all came."""

    regency: Area
    applied: int
    places: int
    chosen: int
    women: int
    line: Decimal | None
    top_line: Decimal | None


@dataclass(frozen=True)
class Reason:
    """How many were decided on alike. asks: what the list of decisions is asked for them."""

    label: Any
    count: int
    asks: str


@dataclass(frozen=True)
class Explained:
    """One person's answer: what was decided, why, and what would have changed it.

    has_place: today, which may be otherwise than was decided.
    """

    decision: SelectionDecision
    label: Any
    sentences: Sequence[str]
    has_place: bool


def newest(activity: Activity) -> Selection | None:
    rows = Selection.objects.filter(activity=activity).select_related("activity")
    return rows.order_by("-version").first()


def reasons(selection: Selection, by: User) -> list[Reason]:
    rows = _decisions(selection, by).values("is_chosen", "reason").annotate(n=Count("pk"))
    counts = {(row["is_chosen"], row["reason"]): row["n"] for row in rows}
    return [
        Reason(label, counts[key], "chosen=1" if key[0] else f"reason={key[1]}")
        for key, label in REASONS.items()
        if key in counts
    ]


def not_listed(selection: Selection, by: User) -> int:
    """Count the applicants whom the frozen list does not hold: they did not pass every check."""
    mine = Applicant.objects.visible_to(by).staying().filter(activity=selection.activity_id)
    return mine.exclude(entries__selection=selection).count()


def by_regency(selection: Selection, by: User) -> list[PlaceRow]:
    chosen = Q(is_chosen=True)
    rows = (
        _decisions(selection, by)
        .values("regency")
        .annotate(
            n=Count("pk"),
            got=Count("pk", filter=chosen),
            women=Count("pk", filter=chosen & Q(entry__sex="P")),
            low=Min("line", filter=~chosen & Q(reason__in=("score", "draw"))),
            high=Max("line", filter=~chosen & Q(reason__in=("score", "draw"))),
        )
    )
    areas = Area.objects.in_bulk([row["regency"] for row in rows])
    return [
        PlaceRow(
            areas[row["regency"]], row["n"], selection.places.get(str(row["regency"]), 0),
            row["got"], row["women"], row["low"], row["high"],
        )
        for row in sorted(rows, key=lambda one: areas[one["regency"]].sort_key)
    ]  # fmt: skip


def explained(applicant: Applicant) -> Explained | None:
    """Return the newest decision on an applicant in words, and what became of it since.

    None before any selection.
    """
    found = (
        SelectionDecision.objects.filter(entry__applicant=applicant)
        .select_related("entry__selection")
        .order_by("-pk")
        .first()
    )
    if found is None:
        return None
    listed = Participant.objects.filter(activity=applicant.activity_id, person=applicant.person_id)
    place = listed.order_by("pk").last()
    if place is not None and place.left_on:
        given_up = _("gave the place up on %(day)s") % {"day": day(place.left_on)}
        return Explained(found, given_up, _standing(found), has_place=False)
    if place is not None and not found.is_chosen:
        return Explained(found, MOVED_UP, _standing(found), has_place=True)
    label = REASONS[found.is_chosen, found.reason]
    return Explained(found, label, [*_standing(found), *_change(found)], found.is_chosen)


def _standing(one: SelectionDecision) -> list[str]:
    alike = SelectionDecision.objects.filter(
        entry__selection=one.entry.selection_id, group=one.group
    )
    said = [
        _("Score %(score)s; place %(place)s of %(n)s who are judged alike.")
        % {
            "score": decimal(one.entry.score, 1),
            "place": whole(one.place or 0),
            "n": whole(alike.count()),
        }
    ]
    if one.line is not None:
        said.append(_("The lowest score chosen there is %(line)s.") % {"line": _line(one)})
    return said


def _change(one: SelectionDecision) -> list[str]:
    if one.is_chosen:
        return []
    match one.reason:
        case "score":
            short = (one.line or Decimal(0)) - one.entry.score
            return [
                _("%(points)s points more would have reached the line.")
                % {"points": decimal(short, 1)}
            ]
        case "draw":
            return [
                _(
                    "The score is that of the line, and the draw put others first. Whoever gives "
                    "a place up yields it to the next one."
                )
            ]
        case "partner":
            return [_("If that person withdraws, the place is free for this one.")]
        case _other:
            return [_("More places here, or a rule relaxed, would have made room.")]


def _line(one: SelectionDecision) -> str:
    return decimal(one.line or Decimal(0), 1)


def _decisions(selection: Selection, by: User) -> Any:
    return SelectionDecision.objects.visible_to(by).filter(entry__selection=selection)
