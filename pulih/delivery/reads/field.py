"""What a phone needs without a network: a class's names, sessions, marks; or what was sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih import places
from pulih.common import periods
from pulih.people.links.models import Link
from pulih.web import numbers

from ..actions.handovers import text_of
from ..cards import card_of
from ..clock import day_after
from ..models import Cohort, CountCorrection, Handover, Side
from ..rules.handovers import COUNTED

DAYS_TO_COUNT = 30  # How long an officer's phone keeps a hand-over that nobody answered.
DAYS_AFTER = 3  # A phone that finds its network late can still send.


def closes_at(cohort: Cohort) -> datetime:
    """Return until when a link for a class lasts: midnight, some days after its last one."""
    return day_after(cohort.activity.ends_on + timedelta(DAYS_AFTER), cohort.province_id)


def field_list(cohort: Cohort, now: datetime, link: Link | None) -> dict[str, Any]:
    """Return a class as JSON. No number of identity is in it; names go when `until` is over."""
    zone = places.time_zone(places.place(cohort.province_id))
    until = link.valid_to if link else closes_at(cohort) + (timezone.now() - now)
    seats = cohort.participants.seated().select_related("person").order_by("number")
    return {
        "activity": cohort.activity.title,
        "cohort": cohort.name,
        **clocks(cohort.province_id, now, until, link),
        "sessions": [
            {
                "id": one.pk,
                "day": one.day.isoformat(),
                "words": f"{numbers.day(one.day)}, {one.starts_at:%H.%M} "
                f"{periods.ZONE_NAMES[zone]} · {one.lesson_hours} JP",
                "subject": one.subject,
                "photos": one.photo_count,
            }
            for one in cohort.sessions.annotate(photo_count=Count("photos")).order_by(
                "day", "starts_at"
            )
        ],
        "people": [
            {"id": one.pk, "number": one.number, "name": one.person.name,
             "village": one.person.village, "card": card_of(one.pk)}
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


def count_list(handover: Handover, now: datetime, link: Link | None) -> dict[str, Any]:
    """Return a hand-over as JSON: what was sent, and the sentence that the receiver completes."""
    until = link.valid_to if link else timezone.now() + timedelta(days=DAYS_TO_COUNT)
    return {
        **clocks(handover.province_id, now, until, link),
        "number": handover.number,
        "item": handover.item.name,
        "unit": handover.item.unit,
        "sent": handover.sent,
        "sent_on": handover.sent_on.isoformat(),
        "sent_words": numbers.day(handover.sent_on),
        "activity": handover.activity.title,
        "receiver": handover.receiver_name,
        "text": text_of(handover, None),
        "counted": COUNTED.replace("{unit}", handover.item.unit),
        # Only the office's phone takes both signatures, and none twice.
        "asks_giver": link is None and not handover.signatures.filter(side=Side.GIVER).exists(),
        "received": handover.received,
        "corrections": [corrected_in_words(one) for one in handover.corrections.order_by("pk")],
        "received_words": numbers.day(handover.received_on) if handover.received_on else "",
    }


def give_list(handover: Handover, now: datetime, link: Link | None) -> dict[str, Any]:
    """Return a hand-over as JSON for who gives it; signed: who did that already."""
    signed = handover.signatures.filter(side=Side.GIVER).first()
    said = count_list(handover, now, link)
    kept = ("number", "item", "unit", "sent", "sent_words", "activity", "receiver", "text")
    return {
        **clocks(handover.province_id, now, datetime.fromisoformat(said["until"]), link),
        **{name: said[name] for name in kept},
        "signed": f"{signed.name}, {signed.post}" if signed else "",
    }


def corrected_in_words(one: CountCorrection) -> str:
    """Say to the receiver how the office corrected a count, and with whom."""
    day = numbers.moment(one.at, places.time_zone(places.place(one.handover.province_id)))
    return _(
        "Corrected %(day)s: %(received)s instead of %(before)s, because %(why)s; agreed by %(who)s."
    ) % {
        "day": day, "received": numbers.whole(one.received),
        "before": numbers.whole(one.received_before), "why": one.why,
        "who": f"{one.agreed_by}, {one.agreed_post}",
    }  # fmt: skip


def clocks(province: int, now: datetime, until: datetime, link: Link | None) -> dict[str, Any]:
    """Return what every page of the field is told: whose it is, until when, and what time it is."""
    # The phone compares its clock with the true one, also where a scenario plays.
    zone = places.time_zone(places.place(province))
    true, here = timezone.now(), now.astimezone(zone)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return {
        "holder": link.holder if link else "",
        "until": until.isoformat(),
        "until_words": numbers.moment(until, zone),
        "now": true.isoformat(),
        "today": here.date().isoformat(),
        "day_ends": (true + (midnight - here)).isoformat(),
    }
