"""What a phone needs to take attendance without a network: names, sessions, and all marks."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from pulih import places
from pulih.common import periods
from pulih.people.links.models import Link
from pulih.web import numbers

from ..models import Cohort

DAYS_AFTER = 3  # A phone that finds its network late can still send.


def closes_at(cohort: Cohort) -> datetime:
    """Return until when a link for a class lasts: midnight, some days after its last one."""
    zone = places.time_zone(places.place(cohort.province_id))
    day = cohort.activity.ends_on + timedelta(days=DAYS_AFTER + 1)
    return datetime.combine(day, time(), zone)


def field_list(cohort: Cohort, now: datetime, link: Link | None) -> dict[str, Any]:
    """Return a class as JSON. No number of identity is in it; names go when `until` is over."""
    # The phone compares its clock with the true one, also where a scenario plays.
    zone, clock = places.time_zone(places.place(cohort.province_id)), timezone.now()
    until = link.valid_to if link else closes_at(cohort) + (clock - now)
    seats = cohort.participants.seated().select_related("person").order_by("number")
    return {
        "activity": cohort.activity.title,
        "cohort": cohort.name,
        "holder": link.holder if link else "",
        "until": until.isoformat(),
        "until_words": periods.moment(until, zone),
        "now": clock.isoformat(),
        "today": now.astimezone(zone).date().isoformat(),
        "sessions": [
            {
                "id": one.pk,
                "day": one.day.isoformat(),
                "words": f"{numbers.day(one.day)}, {one.starts_at:%H.%M} "
                f"{periods.ZONE_NAMES[zone]} · {one.lesson_hours} JP",
                "subject": one.subject,
            }
            for one in cohort.sessions.order_by("day", "starts_at")
        ],
        "people": [
            {"id": one.pk, "number": one.number, "name": one.person.name,
             "village": one.person.village}
            for one in seats
        ],
        "marks": [
            {
                "session": mark.session_id, "participant": mark.participant_id,
                "presence": mark.presence, "reason": mark.reason, "device": mark.device,
                "number": mark.number, "corrects_device": mark.corrects_device,
                "corrects_number": mark.corrects_number,
                "pressed_at": mark.pressed_at.isoformat(),
            }
            for mark in cohort.marks.order_by("pk")
        ],
    }  # fmt: skip
