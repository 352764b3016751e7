"""Asking for a stall, and answering."""

from datetime import date, datetime

from django.db import transaction

from pulih.areas.models import Area
from pulih.areas.rows import area_of
from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.documents.actions import issue
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow.actions import NewDuty, start, take_step
from pulih.workflow.post_holders import post_of

from .models import Stall
from .papers import PERMIT
from .posts import OFFICE
from .rules import rent_of
from .states import STALL, WORKING_DAYS


@transaction.atomic
def ask(*, name: str, day: date, metres: int, province: Area, by: User, now: datetime) -> Stall:
    """Ask for a stall; its office has to answer. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, province)
    if day < now.date():
        raise Refusal(Message("Hari itu sudah lewat.", "That day is over."))
    made = Stall.objects.create(
        name=name, day=day, metres=metres, rent=rent_of(metres), province=province, asked_by=by
    )
    duty = NewDuty(post=post_of(OFFICE.key, province), working_days=WORKING_DAYS)
    start(STALL, made.pk, area=area_of(made), by=by, duty=duty, now=now)
    record(by, "stalls.ask", made, rent=made.rent)
    return made


@transaction.atomic
def move(
    stall: Stall, key: str, *, reason: str, by: User, now: datetime, seen: int | None = None
) -> None:
    """Let a stall, with its permit, or refuse it. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, area_of(stall))
    take_step(STALL, stall.pk, key, by=by, reason=reason, seen=seen, now=now)
    if key == "let":
        issue(
            PERMIT, stall.pk, office=str(stall.province), number=f"KIOS-{stall.pk}",
            dated=now.date(), province=stall.province, person=by.name,
        )  # fmt: skip
    record(by, f"stalls.{key}", stall)
