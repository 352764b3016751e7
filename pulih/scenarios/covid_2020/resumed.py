"""Firms whose people were trained, and which of them produce again: told to their offices.

Which firm is whose, and what it says, is generated, and says so.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from random import Random

from django.db.models import OuterRef, Subquery

from pulih.common.periods import WIB
from pulih.delivery.actions import persons
from pulih.delivery.models import Participant, Person
from pulih.impact.models import ImpactReport
from pulih.market.actions.production import state_production
from pulih.market.models import ProductionStatement
from pulih.market.production_reads import months_standing_still
from pulih.market.rules.production import STANDING_STILL
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.registry.models import Enterprise

BEGUN_BY, TOLD_ON = date(2020, 7, 5), date(2020, 7, 13)
FIRST, LAST = 1, 12  # Days of July since when firms produce again.
OWNERS, AGAIN = 0.6, 0.8  # Of those trained who own a firm; of these firms.
NOTE = "Telepon dinas 13 Juli 2020 (peragaan)"


def tell(seed: int, *, by: User) -> None:
    """Write down, once, whose firm a trained person works for and whether it produces again."""
    with speaking_for(by):
        if ProductionStatement.objects.exists():
            return
        moment = datetime.combine(TOLD_ON, time(10), tzinfo=WIB)
        random = Random(f"{seed} produces again")
        for person, firm in _owners(random):
            if firm.nib:
                persons.save(person, nib=firm.nib, by=by, today=TOLD_ON)
            else:  # Few of 2020 have one, by which alone a page finds a firm.
                person.enterprise = firm
                person.save(update_fields=["enterprise"])
            month = months_standing_still([firm.pk], TOLD_ON).get(firm.pk, BEGUN_BY)
            since = max(date(2020, 7, random.randint(FIRST, LAST)), month)
            if random.random() < AGAIN and since <= TOLD_ON:
                state_production(
                    firm, is_producing=True, since=since, note=NOTE, today=TOLD_ON, now=moment,
                    by=by,
                )  # fmt: skip


def _owners(random: Random) -> Iterator[tuple[Person, Enterprise]]:
    """Pair some who were trained with firms of their regency that lists say stood still."""
    seats = Participant.objects.filter(
        activity__starts_on__lte=BEGUN_BY, left_on=None, person__enterprise=None
    )
    firms: dict[int, list[Enterprise]] = {}
    asked = set[int]()  # Who has a seat in two trainings owns one firm.
    for seat in seats.select_related("person__regency").order_by("pk"):
        own = firms.setdefault(seat.person.regency_id, _still(seat.person.regency_id))
        if own and seat.person_id not in asked and random.random() < OWNERS:
            asked.add(seat.person_id)
            yield seat.person, own.pop(0)


def _still(regency: int) -> list[Enterprise]:
    reports = ImpactReport.objects.newest().filter(enterprise=OuterRef("pk"))
    listed = Enterprise.objects.listed().filter(regency=regency, merged_into=None)
    rows = listed.annotate(told=Subquery(reports.values("status")[:1]))
    return list(rows.filter(told__in=STANDING_STILL).order_by("pk"))
