"""Which releases there are, in which state, and what changes between two."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from pulih.people.models import User
from pulih.web import numbers
from pulih.workflow.models import Step
from pulih.workflow.models.steps import state_of
from pulih.workflow.registry import Described

from ..models import Cell, Release, Withdrawal, loaded_scenario
from ..plain_cells import PlainCell, plain
from ..states import RELEASE

SHOWN = ("published", "replaced")
WITHDRAWN = "withdrawn"


def on_show() -> list[Release]:
    """Releases whose files everybody may read: the newest first."""
    releases = Release.objects.annotate(state=state_of(RELEASE.key)).filter(
        state__in=SHOWN, withdrawal=None
    )
    return list(releases.order_by("-published_at", "-pk"))


def newest() -> Release | None:
    """The release whose figures the pages show; after a withdrawal none until the next."""
    found = Release.objects.annotate(state=state_of(RELEASE.key)).filter(state="published")
    return found.order_by("-published_at", "-pk").first()


def withdrawn() -> list[Withdrawal]:
    return list(Withdrawal.objects.select_related("release").order_by("pk"))


def state_of_release(release: Release) -> str:
    """Its last step; withdrawn, too, where it had been replaced, which is a last step."""
    if hasattr(release, "withdrawal"):
        return WITHDRAWN
    steps = Step.objects.of(RELEASE.key, release.pk).order_by("-number")
    last = steps.first()
    return last.to_state if last else ""


def next_number(as_of: date) -> str:
    """`2020-06-15.1`: the day, and which release of it this is."""
    return f"{as_of}.{Release.objects.filter(as_of=as_of).count() + 1}"


def before(release: Release) -> Release | None:
    """What a release is compared with: what it corrects, or else the one on show before it."""
    if release.restates is not None:
        return release.restates
    return next((one for one in on_show() if one.pk < release.pk), None)


def next_day() -> date:
    """The day that a new release is usually of: yesterday, or a scenario's own day."""
    scenario = loaded_scenario()
    return scenario.day if scenario else timezone.localdate() - timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """A figure that a release states otherwise than the one before. None: no number there."""

    cell: PlainCell
    before: PlainCell | None
    is_money: bool

    @property
    def was(self) -> str:
        return self._written(self.before) if self.before else "–"

    @property
    def is_now(self) -> str:
        return self._written(self.cell)

    def _written(self, cell: PlainCell) -> str:
        if cell.value is None:
            return cell.marker
        return numbers.rupiah(cell.value) if self.is_money else numbers.whole(cell.value)


def changes(release: Release, other: Release | None, most: int = 0) -> list[Change]:
    """Wholes that differ between two releases, by area and measure. most: 0 for all."""
    if other is None:
        return []
    wholes = {"dimension": "all"}
    old = {cell.cell: cell for cell in plain(Cell.objects.filter(release=other, **wholes))}
    new = plain(Cell.objects.filter(release=release, **wholes).order_by("area", "measure"))
    money = amounts_of(release)
    found = [
        Change(cell, old.get(cell.cell), cell.measure in money)
        for cell in new
        if _differs(cell, old.get(cell.cell))
    ]
    return found[:most] if most else found


def amounts_of(release: Release) -> set[str]:
    """Return its measures that are money."""
    return {key for key, means in release.measures.items() if means.get("kind") == "money"}


def _differs(cell: PlainCell, before: PlainCell | None) -> bool:
    return before is None or cell.states != before.states


def newer_of(releases: Sequence[Release], release: Release) -> Release | None:
    """The release that corrects this one, if any does."""
    return next((each for each in releases if each.restates_id == release.pk), None)


def describe(person: User, ids: Collection[int]) -> Mapping[int, Described]:
    found = Release.objects.filter(pk__in=ids) if person.sight.country else []
    return {
        one.pk: Described(one.number, reverse("portal:release", args=[one.pk])) for one in found
    }
