"""The words of acts, of what they were done to, and of jobs, in both languages: `data/*.csv`."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.common.errors import Message
from pulih.web.words import language

DATA = Path(__file__).parent / "data"
JOB_STATES = [
    ("todo", _("waiting")),
    ("doing", _("at work")),
    ("succeeded", _("done")),
    ("failed", _("failed")),
    ("cancelled", _("cancelled")),
    ("aborted", _("stopped")),
]

EVENTS = {
    "deferred": _("queued"),
    "scheduled": _("queued for later"),
    "started": _("begun"),
    "deferred_for_retry": _("put back into the queue"),
    "retried": _("put back into the queue"),
    "failed": _("failed"),
    "succeeded": _("done"),
    "cancelled": _("cancelled"),
    "abort_requested": _("asked to stop"),
    "aborted": _("stopped"),
}


@cache
def acts() -> dict[str, Message]:
    """Return the words of every act that a room records, by its key."""
    return _read("acts.csv", "verb")


@cache
def tasks() -> dict[str, Message]:
    """Return the words of every kind of job, by its name."""
    return _read("tasks.csv", "task")


@cache
def objects() -> dict[str, Message]:
    """Return the words of every kind of thing that an act is done to, by its table."""
    return _read("objects.csv", "table")


@cache
def _pages() -> dict[str, str]:
    with (DATA / "objects.csv").open(encoding="utf-8", newline="") as rows:
        return {row["table"]: row["page"] for row in csv.DictReader(rows) if row["page"]}


def object_in_words(table: str, number: str) -> str:
    """Return what an act was done to: its kind, where it has words, and its number."""
    return f"{_said(objects(), table)} {number}"


def page_of(table: str, number: str) -> str:
    """Return the address of the page of what an act was done to; empty where it has none."""
    return reverse(_pages()[table], args=[number]) if table in _pages() else ""


def act_in_words(verb: str) -> str:
    """Return what was done; the key itself where an earlier release wrote one that is gone."""
    return _said(acts(), verb)


def task_in_words(name: str) -> str:
    return _said(tasks(), name)


def state_in_words(status: str) -> str:
    return str(dict(JOB_STATES)[status])


def event_in_words(kind: str) -> str:
    return str(EVENTS[kind])


def _said(known: dict[str, Message], key: str) -> str:
    return known[key].in_language(language()) if key in known else key


def _read(name: str, key: str) -> dict[str, Message]:
    with (DATA / name).open(encoding="utf-8", newline="") as rows:
        return {row[key]: Message(row["id"], row["en"]) for row in csv.DictReader(rows)}
