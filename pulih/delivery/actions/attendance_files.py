"""Marks out of a sheet or a video meeting's export. The file is kept, a person says who is who."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.inbox.uploads import store
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers
from pulih.web.words import say

from ..models import AttendanceFile, Cohort, Participant, Session
from ..reads.attendance_files import names_of, other_session_of, text_of
from ..rules.attendance import ABSENT
from ..rules.meetings import Listed, presence_of, read
from .attendance import refuse_future
from .marking import Press, Sending, add_marks


@transaction.atomic
def take_in(
    session: Session, *, file: UploadedFile[Any], least_minutes: int, by: User, now: datetime
) -> AttendanceFile:
    """Keep a file about one session; nothing is marked yet. May refuse.

    The same file again is the one that is there, unless other minutes are asked of it.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=session.cohort_id)
    require(by, Permission.RUN_ACTIVITIES, cohort.regency)
    refuse_future(session, cohort, now)
    names = read(text_of(file.read(), file.name or ""))
    if isinstance(names, Message):
        raise Refusal(say(names))
    file.seek(0)
    stored = store(file, file.name or "")
    made, is_new = AttendanceFile.objects.get_or_create(
        session=session, sha256=stored.sha256, least_minutes=least_minutes,
        defaults={
            "cohort": cohort, "province_id": cohort.province_id, "regency_id": cohort.regency_id,
            "file_name": (file.name or "")[:120], "size_bytes": stored.size_bytes,
            "stored_name": stored.name, "by": by, "at": now,
        },
    )  # fmt: skip
    if is_new:
        record(by, "delivery.take_attendance_file", made, names=len(names))
    kept: AttendanceFile = made
    return kept


@transaction.atomic
def mark(
    file: AttendanceFile, *, chosen: Mapping[str, Participant | None], rest_absent: bool, by: User,
    now: datetime, covers_both: bool = False,
) -> int:  # fmt: skip
    """Mark whom each name of the file is; return how many were marked. May refuse.

    chosen: by name; None for nobody of the class. Two names of one person count together. A mark
    that says otherwise stays, and the office decides between the two. covers_both: the meeting
    that another session was marked by held this one, too.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=file.cohort_id)
    require(by, Permission.RUN_ACTIVITIES, cohort.regency)
    first = file.marks.first()
    if first is not None:
        raise Refusal(
            _("This file was marked on %(day)s already. Correct single marks on the page.")
            % {"day": numbers.day(first.received_at)}
        )
    other = other_session_of(file)
    if other and not covers_both:
        raise Refusal(
            _(
                "The session of %(day)s at %(hour)s was marked by this very meeting or sheet. Send "
                "the one of this session, or say that it covered both."
            )
            % {"day": numbers.day(other.day), "hour": f"{other.starts_at:%H.%M}"}
        )
    listed: dict[int, list[Listed]] = defaultdict(list)
    for one in names_of(file):
        if (who := chosen[one.name]) is not None:
            listed[who.pk].append(one)
    said = {key: presence_of(names, file.least_minutes) for key, names in listed.items()}
    if rest_absent:
        there = cohort.participants.seated().values_list("pk", flat=True)
        said = {**dict.fromkeys(there, ABSENT), **said}
    presses = [
        Press(number, file.session_id, key, presence, "", now)
        for number, (key, presence) in enumerate(sorted(said.items()), 1)
        if presence
    ]
    if not presses:
        raise Refusal(_("None of these names is chosen as somebody of the class."))
    added = add_marks(cohort, Sending(file.device, by, now, now), presses)
    assert len(added) == len(presses)  # The device is this file, which had no marks.
    record(by, "delivery.mark_by_file", file, marks=len(presses))
    return len(presses)
