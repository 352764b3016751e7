"""Sampling checks with defaults: the seats of a class of five, all of them drawn."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from pulih.areas.models import Area
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.sampling.actions import checks, visits
from pulih.sampling.models import SampleCheck, SampleUnit, Visit
from pulih.sampling.rules.sample import Wanted
from tests.make import areas
from tests.make import delivery as make_delivery
from tests.people import cast

DAY = date(2020, 6, 29)
NOW = datetime(2020, 6, 29, 3, tzinfo=UTC)


def seats(number: int = 5, **values: Any) -> None:
    """Make a class in which so many people sit."""
    make_delivery.seated(make_delivery.cohort(number, **values), number)


def frozen(by: User | None = None, province: Area | None = None, **values: Any) -> SampleCheck:
    usual: dict[str, Any] = {
        "title": "Uji petik kursi", "kind": "seats", "first_day": date(2020, 6, 1),
        "last_day": date(2020, 6, 28), "wanted": Wanted(10, 95), "now": NOW, "today": DAY,
    }  # fmt: skip
    by = by or cast.provincial_officer()
    where = {"province": province or areas.province()}
    return checks.freeze(by=by, **{**usual, **where, **values})


def drawn(given: SampleCheck | None = None, by: User | None = None, **values: Any) -> SampleCheck:
    usual = {"seed": "46-13", "witness": "Camat", "other_witness": "Kepala Desa", "now": NOW}
    by = by or cast.provincial_officer()
    return checks.draw(given or frozen(by), by=by, **{**usual, **values})


def unit(of: SampleCheck) -> SampleUnit:
    return SampleUnit.objects.filter(sample=of, drawn__isnull=False, visits=None).earliest("number")


def visit(to: SampleUnit, outcome: str = "received", by: Any = None, **values: Any) -> Visit:
    usual: dict[str, Any] = {
        "counted": None, "note": "" if outcome == "received" else "Tidak ada di tempat",
        "visited_on": DAY, "visitor": "Rahmat", "now": NOW, "today": DAY,
    }  # fmt: skip
    by = by or cast.provincial_officer()
    return visits.visit(to, outcome=outcome, by=by, **{**usual, **values})


def link(of: SampleCheck, by: User | None = None) -> tuple[Link, str]:
    """Give a link that opened an hour ago: PostgreSQL's clock stands still within a transaction."""
    by, moment = by or cast.provincial_officer(), timezone.now() - timedelta(hours=1)
    with speaking_for(by):
        return checks.give_link(of, holder="Rahmat", regencies=[], by=by, now=moment)
