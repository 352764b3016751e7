"""A selection looked at closely: which rules held it back, and who stands around the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.people.models import User

from ..models import Selection, SelectionDecision
from ..rules.criteria import LEAST as CONDITIONS
from ..rules.criteria import PLACES, Criteria
from ..words import LEAST, REASONS
from .waiting import kind_in_words

BESIDE = 5  # How many stand on each side of the line.


@dataclass(frozen=True)
class RuleRow:
    """One rule of the criteria. most, least: what it asks; None where it asks nothing such.

    price: points of score that one person more allowed would add, an estimate; None where the rule
    has none. left_out: how many it kept out, where it has no limit in numbers.
    """

    label: Any
    chosen: int
    least: int | None = None
    most: int | None = None
    price: float | None = None
    left_out: int | None = None

    @property
    def binds(self) -> bool:
        return bool(self.price) or bool(self.left_out)

    @property
    def share(self) -> float:
        """How far the chosen fill what the rule asks, 0 to 1."""
        asked = self.most if self.least is None else self.least
        return min(self.chosen / asked, 1) if asked else 0


@dataclass(frozen=True)
class Group:
    """Those who are judged alike, by the number that the selection gave them."""

    number: int
    label: str


@dataclass(frozen=True)
class Person:
    """One of those around the line. drawn: the beginning of the draw, where it decided."""

    decision: SelectionDecision
    label: Any
    drawn: str


@dataclass(frozen=True)
class AroundLine:
    groups: Sequence[Group]
    shown: Group
    people: Sequence[Person]
    count: int


def rule_rows(selection: Selection, by: User) -> list[RuleRow]:
    """Return the rules of a solved selection, those that held it back first."""
    criteria = Criteria(**selection.criteria)
    prices = {one["rule"]: one["price"] for one in selection.explanation.get("binding", ())}
    decisions = _decisions(selection, by)
    chosen = decisions.filter(is_chosen=True)
    found = [*_places(selection, chosen, prices), *_least(criteria, chosen, prices)]
    if criteria.one_a_household:
        left_out = decisions.filter(is_chosen=False, reason="partner").count()
        found.append(RuleRow(_("One person a household"), chosen.count(), left_out=left_out))
    return sorted(found, key=lambda one: (not one.binds, -(one.price or 0)))


def around_line(selection: Selection, by: User, asked: str = "") -> AroundLine | None:
    """Return who stands around the line of a group. asked: its number; the first is usual.

    None where nobody of the selection is within sight.
    """
    decisions = _decisions(selection, by)
    groups = _groups(selection, decisions)
    if not groups:
        return None
    shown = next((one for one in groups if str(one.number) == asked), groups[0])
    mine = decisions.filter(group=shown.number)
    last = mine.filter(is_chosen=True).order_by("place").values_list("place", flat=True).last() or 0
    near = mine.filter(place__gt=last - BESIDE, place__lte=last + BESIDE).order_by("place")
    rows = near.select_related("entry__applicant__person")
    return AroundLine(groups, shown, [_person(selection, one) for one in rows], mine.count())


def _places(selection: Selection, chosen: Any, prices: dict[str, float]) -> list[RuleRow]:
    counts = dict(chosen.values_list("regency").annotate(n=Count("pk")).order_by())
    most = {int(key): n for key, n in selection.places.items() if n}
    return [
        RuleRow(
            _("Places in %(regency)s") % {"regency": area}, counts.get(area.pk, 0),
            most=most[area.pk], price=prices.get(f"quota:{PLACES}{area.pk}:max"),
        )
        for area in Area.objects.filter(pk__in=most).order_by("sort_key")
    ]  # fmt: skip


def _least(criteria: Criteria, chosen: Any, prices: dict[str, float]) -> list[RuleRow]:
    fulfils = {
        "women": Q(entry__sex="P"),
        "disability": Q(entry__has_disability=True),
        "laid_off": Q(entry__is_laid_off=True),
    }
    return [
        RuleRow(
            LEAST[what], chosen.filter(fulfils[what]).count(), least=criteria.least(what),
            price=prices.get(f"quota:{what}:min"),
        )
        for what in CONDITIONS
        if criteria.least(what)
    ]  # fmt: skip


def _groups(selection: Selection, decisions: Any) -> list[Group]:
    """Return the groups in order of their areas; those that only lost or only won come last."""
    samples = decisions.order_by("group", "pk").distinct("group")
    rows = list(samples.select_related("entry__regency"))
    parted = set(
        decisions.values("group")
        .annotate(won=Count("pk", filter=Q(is_chosen=True)), n=Count("pk"))
        .filter(won__gt=0, won__lt=F("n"))
        .values_list("group", flat=True)
    )
    rows.sort(key=lambda one: (one.group not in parted, one.entry.regency.sort_key, one.group))
    return [Group(one.group, kind_in_words(selection, one.entry)) for one in rows]


def _person(selection: Selection, one: SelectionDecision) -> Person:
    drawn = sha256(f"{selection.seed}\n{one.entry.code}".encode()).hexdigest()[:4]
    label = REASONS[one.is_chosen, one.reason]
    return Person(one, label, drawn if one.reason == "draw" else "")


def _decisions(selection: Selection, by: User) -> Any:
    return SelectionDecision.objects.visible_to(by).filter(entry__selection=selection)
