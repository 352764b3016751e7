"""The work on the first page: the tasks that badge, list and mail count, with hints beside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.budget.figures import UNTAGGED, UNTAGGED_LINES
from pulih.inbox.figures import REFUSED, REJECTED
from pulih.lists.figures import Stated, state
from pulih.monitoring.board import StripItem
from pulih.monitoring.rules.reports import NAMES
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.web import numbers
from pulih.web.as_of import AsOf, today_only
from pulih.web.words import say
from pulih.workflow import reads, tasks

FIRST_DUTIES = 5


@dataclass(frozen=True)
class Task:
    """One thing to look at. tone: bad, warn or q (quiet)."""

    tone: str
    icon: str
    sentence: str
    link: str
    url: str
    stated: Stated | None = None


@dataclass(frozen=True)
class Waiting:
    """What waits for a person: as many as the badge says. duties: the first; more: of them."""

    total: int
    duties: Sequence[reads.Task]
    more: int
    elsewhere: Sequence[tasks.Counted]


def waiting_for(person: User) -> Waiting:
    duties, elsewhere = reads.tasks_of(person), tasks.of_rooms(person)
    total = len(duties) + sum(one.count for one in elsewhere)
    return Waiting(total, duties[:FIRST_DUTIES], len(duties[FIRST_DUTIES:]), elsewhere)


def board(person: User, fiscal_year: int, deadlines: Sequence[StripItem], on: AsOf) -> list[Task]:
    """Return what `person` should look at, the most pressing first; only of rooms within reach.

    deadlines: of the reports that the person sees, as `monitoring.board.strip` gives them.
    """
    found: list[Task] = []
    if holds(person, Permission.FILE_REPORTS):
        found += _reports(deadlines)
    if holds(person, Permission.DELIVER_FILES):
        found += _files(person)
    if holds(person, Permission.TAG_LINES):
        found += _untagged(person, fiscal_year, on)
    return found


def _reports(deadlines: Sequence[StripItem]) -> Iterator[Task]:
    for item in deadlines:
        if item.status.state not in ("overdue", "open", "today"):
            continue
        values: dict[str, Any] = {
            "form": say(NAMES[item.chain.form]),
            "quarter": item.roman,
            "filed": numbers.whole(item.filed),
            "total": numbers.whole(item.total),
        }
        asked = {"year": item.fiscal_year, "quarter": item.quarter, "chain": item.chain.code}
        is_late = item.status.state == "overdue"
        yield Task(
            "bad" if is_late else "warn",
            "alert-triangle" if is_late else "clock",
            _late(values, item.status.days) if is_late else _due(values, item.due),
            _("Open"),
            f"{reverse('monitoring:board')}?{urlencode(asked)}",
        )


def _late(values: dict[str, Any], days: int) -> str:
    text = ngettext(
        "%(form)s of quarter %(quarter)s is %(days)s working day late: "
        "%(filed)s of %(total)s filed",
        "%(form)s of quarter %(quarter)s is %(days)s working days late: "
        "%(filed)s of %(total)s filed",
        days,
    )
    return text % {**values, "days": numbers.whole(days)}


def _due(values: dict[str, Any], due: date) -> str:
    text = _("%(form)s of quarter %(quarter)s is due on %(day)s: %(filed)s of %(total)s filed")
    return text % {**values, "day": numbers.day(due)}


def _files(person: User) -> Iterator[Task]:
    refused, rejected = (state(one, person, today_only()) for one in (REFUSED, REJECTED))
    if refused.value:
        words = ngettext("%(n)s file was refused", "%(n)s files were refused", refused.value)
        yield _stated("bad", "file-alert", words, _("Open"), refused)
    if rejected.value:
        words = ngettext(
            "%(n)s row was rejected and waits to be mended by its office",
            "%(n)s rows were rejected and wait to be mended by their offices",
            rejected.value,
        )
        yield _stated("warn", "file-spreadsheet", words, _("Open"), rejected)


def _stated(tone: str, icon: str, words: str, link: str, figure: Stated, **values: str) -> Task:
    """A task whose number is a figure: its link leads to the rows that were counted."""
    sentence = words % {"n": numbers.whole(figure.value), **values}
    return Task(tone, icon, sentence, link, figure.url, figure)


def _untagged(person: User, fiscal_year: int, on: AsOf) -> Iterator[Task]:
    asked = {"year": fiscal_year}
    lines = state(UNTAGGED_LINES, person, on, asked)
    if lines.value:
        words = ngettext(
            "%(n)s budget line names no measure, %(money)s",
            "%(n)s budget lines name no measure, %(money)s",
            lines.value,
        )
        money = numbers.billions(state(UNTAGGED, person, on, asked).value)
        yield _stated("warn", "wallet", words, _("Tag"), lines, money=money)
