"""Telling who published a release that lists of its day came, or were withdrawn, after it."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from pulih.audit.actions import record
from pulih.audit.models import Event
from pulih.common.errors import Message
from pulih.common.periods import day
from pulih.inbox.models import ImportBatch
from pulih.people.models import User
from pulih.people.permissions import Permission, may
from pulih.workflow.actions.notices import NewNotice, notify

from ..models import Release
from ..reads.late_lists import late_lists, newest_of_people
from ..states import RELEASE

TOLD = "portal.tell_late_lists"
MOST_NAMED = 5


@transaction.atomic
def tell_late_lists(*, by: User) -> int:
    """Tell the stewards of the newest release of lists that it does not hold; return how many.

    Each list is told of once. by: Pulih itself, who sees every office's lists.
    """
    release = newest_of_people()
    if release is None:
        return 0
    found = late_lists(release)
    states = {f"{one.pk} {one.state}": one for one in found.every}
    new = [one for key, one in states.items() if key not in _told(release)]
    if not new:
        return 0
    stewards = {one for one in (release.made_by, release.published_by) if one is not None}
    told = [NewNotice(one, *_words(release, new)) for one in stewards if _is_to_know(one)]
    notify(told, RELEASE.key, release.pk, url=reverse("portal:release", args=[release.pk]))
    record(by, TOLD, release, lists=sorted(states))
    return len(new)


def _told(release: Release) -> set[str]:
    events = Event.objects.filter(verb=TOLD, subject_id=str(release.pk))
    return {key for detail in events.values_list("detail", flat=True) for key in detail["lists"]}


def _is_to_know(person: User) -> bool:
    return person.is_active and may(person, Permission.PREPARE_RELEASES, None)


def _words(release: Release, lists: list[ImportBatch]) -> tuple[Message, Message]:
    count, number = len(lists), release.number
    offices = sorted({one.office.name for one in lists})
    named = ", ".join(offices[:MOST_NAMED])
    more = len(offices) - MOST_NAMED
    if more > 0:
        named_id, named_en = f"{named}, dan {more} lagi", f"{named}, and {more} more"
    else:
        named_id = named_en = named
    return (
        Message(
            f"{count} daftar menggeser angka rilis {number}",
            f"{count} lists move figures of release {number}",
        ),
        Message(
            f"Masuk, ditarik, atau dipulihkan setelah rilis dihitung, dengan data sampai"
            f" {day(release.as_of)}: {named_id}. Rilis tidak berubah. Buat rilis perbaikan bila"
            " angkanya harus ikut.",
            f"They came, were withdrawn or restored after the release was counted, with data up to"
            f" {day(release.as_of, 'en')}: {named_en}. The release does not change. Make a"
            " correction if its figures should follow.",
        ),
    )
