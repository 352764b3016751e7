"""What waits for the person who signed in, drawn together from the rooms she may enter."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.budget.models import BudgetLine
from pulih.inbox.models import ImportBatch, State
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.planning.models import Scenario
from pulih.planning.models import State as ScenarioState
from pulih.web import numbers


@dataclass(frozen=True)
class Task:
    """One thing to look at. tone: bad, warn or q (quiet)."""

    tone: str
    icon: str
    sentence: str
    link: str
    url: str


def board(person: User, fiscal_year: int) -> list[Task]:
    """Return what waits for `person`, the most pressing first; only of rooms she may enter."""
    tasks: list[Task] = []
    if holds(person, Permission.DELIVER_FILES):
        tasks += _files(person)
    if holds(person, Permission.SEE_SCENARIOS):
        tasks += _scenarios(person, fiscal_year)
    if holds(person, Permission.TAG_LINES):
        tasks += _untagged(person, fiscal_year)
    return tasks


def _files(person: User) -> Iterator[Task]:
    batches = ImportBatch.objects.visible_to(person)
    inbox = reverse("inbox:list")
    if refused := batches.filter(state__in=(State.REFUSED, State.FAILED)).count():
        yield Task(
            "bad",
            "file-alert",
            ngettext("%(n)s file was refused", "%(n)s files were refused", refused)
            % {"n": numbers.whole(refused)},
            _("Open"),
            f"{inbox}?state=refused",
        )
    newest = batches.filter(state=State.DONE, is_newest=True)
    rejected = newest.aggregate(n=Sum("rejected"))["n"]
    if rejected:
        yield Task(
            "warn",
            "file-spreadsheet",
            ngettext(
                "%(n)s row was rejected and waits to be mended by its office",
                "%(n)s rows were rejected and wait to be mended by their offices",
                rejected,
            )
            % {"n": numbers.whole(rejected)},
            _("Open"),
            f"{inbox}?state=done",
        )


def _scenarios(person: User, fiscal_year: int) -> Iterator[Task]:
    solved = Scenario.objects.visible_to(person).filter(
        state=ScenarioState.SOLVED, fiscal_year=fiscal_year
    )
    for scenario in solved.order_by("-pk")[:1]:
        yield Task(
            "warn",
            "adjustments-horizontal",
            _("“%(title)s” is solved and not adopted; new ceiling %(ceiling)s")
            % {"title": scenario, "ceiling": numbers.billions(scenario.ceiling)},
            _("Read"),
            reverse("planning:scenario", args=[scenario.pk]),
        )


def _untagged(person: User, fiscal_year: int) -> Iterator[Task]:
    lines = BudgetLine.objects.visible_to(person).of_year(fiscal_year).untagged()
    if count := lines.count():
        yield Task(
            "warn",
            "wallet",
            ngettext(
                "%(n)s budget line names no measure, %(money)s",
                "%(n)s budget lines name no measure, %(money)s",
                count,
            )
            % {"n": numbers.whole(count), "money": numbers.billions(lines.totals()["ceiling"])},
            _("Tag"),
            reverse("budget:lines") + "?measure=none",
        )
