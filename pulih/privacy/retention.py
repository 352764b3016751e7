"""What is due to be deleted, and deleting it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Sum

from pulih.audit.actions import record
from pulih.common.drafts import folders
from pulih.delivery.models import Participant, Person
from pulih.inbox import uploads
from pulih.inbox.models import OF_FIRMS, ImportBatch
from pulih.people.models import User
from pulih.scans.actions import forget
from pulih.scans.models import PageState, ScanPage

from .erasing import erase
from .rules import ERASED, Keeping, keeping

WITHOUT_PAPER = (PageState.WAITING, PageState.SET_ASIDE)
MARKED = ("*.checked.xlsx", "*.cut.xlsx")


@dataclass(frozen=True)
class Due:
    """How many things of one kind are due now."""

    rule: Keeping
    number: int


def due(today: date) -> list[Due]:
    """Return what is due of each kind, as far as whoever this connection speaks for may see."""
    return [Due(rule, FOUND[rule.key](rule.cutoff(today))) for rule in keeping()]


def delete_due(today: date, *, by: User) -> dict[str, int]:
    """Delete what is due of what Pulih deletes by itself; write down how many of which."""
    counts = {rule.key: DELETES[rule.key](rule.cutoff(today)) for rule in keeping() if rule.deletes}
    if any(counts.values()):
        record(by, "privacy.delete_due", by, **counts)
    return counts


def _marked(before: date) -> Iterator[Path]:
    end = datetime(before.year, before.month, before.day, tzinfo=UTC).timestamp()
    for folder, pattern in product(folders(uploads.folder()), MARKED):
        for path in folder.glob(pattern):
            if path.stat().st_mtime < end:
                yield path


def _delete_marked(before: date) -> int:
    number = 0
    for path in _marked(before):
        name = str(path.relative_to(uploads.folder()))
        with transaction.atomic():
            ImportBatch.objects.filter(checked_name=name).update(checked_name="")
            uploads.remove(name)
        number += 1
    return number


def _without_place(before: date) -> list[Person]:
    """Return those who applied, never sat in a class, and whose last activity is over."""
    seated = Participant.objects.filter(person=OuterRef("pk"))
    people = Person.objects.exclude(name=ERASED).filter(~Exists(seated))
    last = people.annotate(last=Max("applications__activity__ends_on"))
    return list(last.filter(last__lt=before).order_by("pk"))


def _erase_without_place(before: date) -> int:
    people = _without_place(before)
    for person in people:
        erase(person)
    return len(people)


def _rows_of_firms(before: date) -> int:
    """Count the rows of old lists by what their files say: the rows themselves are millions."""
    old = ImportBatch.objects.filter(as_of__lt=before, kind__in=OF_FIRMS)
    return old.aggregate(rows=Sum("rows"))["rows"] or 0


def _scans(before: date, *states: PageState) -> Any:
    """Return the pages of scans that lie in one of these states since before a day."""
    pages = ScanPage.objects.filter(state__in=states, brought_at__date__lt=before)
    return pages.exclude(picture="")


FOUND: dict[str, Callable[[date], int]] = {
    "marked_files": lambda before: sum(1 for _path in _marked(before)),
    "applicants_without_place": lambda before: len(_without_place(before)),
    "participants": lambda before: Participant.objects.filter(activity__ends_on__lt=before).count(),
    "delivered_rows": lambda before: _rows_of_firms(before),
    "scans_without_paper": lambda before: _scans(before, *WITHOUT_PAPER).count(),
    "signed_copies": lambda before: _scans(before, PageState.ATTACHED).count(),
}
DELETES: dict[str, Callable[[date], int]] = {
    "marked_files": _delete_marked,
    "applicants_without_place": _erase_without_place,
    "scans_without_paper": lambda before: forget(_scans(before, *WITHOUT_PAPER)),
}
