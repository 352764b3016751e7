"""The words of mails: one notice, or the notices of a day with all that waits for the person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation

from pulih.common.errors import Message
from pulih.common.periods import day
from pulih.people.models import User
from pulih.web import numbers

from . import reads, tasks
from .models import Notice
from .words import cut

LONGEST_SUBJECT = 200
MOST_TASKS = 30  # In one mail; the board has the rest.


@dataclass(frozen=True)
class Letter:
    subject: str
    body: str


def of_one(notice: Notice, language: str) -> Letter:
    subject = cut(notice.title.in_language(language), LONGEST_SUBJECT)
    return Letter(subject, _body([_paragraph(notice, language), FOOT.in_language(language)]))


def of_a_day(person: User, notices: Sequence[Notice], language: str, now: datetime) -> Letter:
    """Write the notices since the last such mail, and all that waits for the person now."""
    count = len(notices)
    subject = Message(f"Pulih: {count} pemberitahuan", f"Pulih: {count} notices")
    parts = [_paragraph(one, language) for one in notices]
    return Letter(
        subject.in_language(language),
        _body([*parts, *_waiting(person, language, now), FOOT.in_language(language)]),
    )


FOOT = Message(
    "Surel ini dikirim otomatis oleh Pulih. Cara menerimanya dipilih di halaman “Tugas saya”.",
    "Pulih sent this mail by itself. How it comes is chosen on the page “My tasks”.",
)


def _paragraph(notice: Notice, language: str) -> str:
    lines = [notice.title.in_language(language), notice.text.in_language(language)]
    if notice.url and settings.SITE_ADDRESS:
        lines.append(f"{settings.SITE_ADDRESS}{notice.url}")
    return "\n".join(line for line in lines if line)


def _waiting(person: User, language: str, now: datetime) -> list[str]:
    duties, elsewhere = reads.tasks_of(person, now), tasks.of_rooms(person)
    count = len(duties) + sum(one.count for one in elsewhere)
    if not count:
        return []
    head = Message(f"Menunggu Anda sekarang ({count}):", f"Waiting for you now ({count}):")
    lines = [f"- {_task(one, language)}" for one in duties[:MOST_TASKS]]
    if len(duties) > MOST_TASKS:
        lines.append("- …")
    with translation.override(language):
        lines += [f"- {one.tasks.label}: {numbers.whole(one.count)}" for one in elsewhere]
    return ["\n".join([head.in_language(language), *lines])]


def _task(task: reads.Task, language: str) -> str:
    words = f"{task.title} · {task.state.label.in_language(language)}"
    last = task.due.last_day
    if last is None:
        return words
    until = Message(f"sampai {day(last)}", f"until {day(last, 'en')}")
    late = Message(", TERLAMBAT", ", LATE") if task.due.is_late else Message("", "")
    return f"{words} · {until.in_language(language)}{late.in_language(language)}"


def _body(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"
