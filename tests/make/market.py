"""Makers with their capacities, by the way that delivered rows take, and by hand."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from pulih.areas.models import Area
from pulih.inbox.models import ImportBatch
from pulih.market.actions import needs, offers, runs
from pulih.market.actions.needs import GivenTerms
from pulih.market.actions.runs import GivenRun
from pulih.market.links import BUYING
from pulih.market.models import (
    Buyer,
    Capacity,
    Consignment,
    Group,
    Member,
    Need,
    Order,
    Part,
    Product,
    Run,
)
from pulih.matching import Case, solve
from pulih.people.links import actions as links
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.registry.models import Enterprise
from tests.make import impact, inbox
from tests.people import cast

DAY = date(2020, 6, 15)
HEADS = (*inbox.HEADS, "Kapasitas Produksi", "Satuan", "Izin")


def product(code: str = "cloth_mask") -> Product:
    return Product.objects.get(code=code)


def listed(*makers: tuple[str, str, str, str, str], **asked: Any) -> ImportBatch:
    """Deliver a list of (name, product, capacity, unit, licences), each firm with 6 workers."""
    heads = asked.pop("heads", HEADS)
    rows = [
        (*inbox.firm(name, nib=f"91200000{place:05d}", owner=f"Pemilik {place}", product=made),
         *rest)
        for place, (name, made, *rest) in enumerate(makers, start=1)
    ]  # fmt: skip
    return inbox.read(*rows, heads=heads, **asked)


def firm(name: str, regency: str = "Kab. Indramayu", province: str = "Jawa Barat") -> Enterprise:
    return impact.enterprise(name, regency, province)


def capacity(enterprise: Enterprise, code: str = "cloth_mask", **changes: Any) -> Capacity:
    usual: dict[str, Any] = {"per_week": 600, "price": 5000, "confirmed_on": DAY}
    return Capacity.objects.create(
        enterprise=enterprise,
        province_id=enterprise.province_id,
        regency_id=enterprise.regency_id,
        product=product(code),
        origin="office",
        **(usual | changes),
    )


def group(regency: str = "Kab. Indramayu", *members: Enterprise, **changes: Any) -> Group:
    area = cast.area(regency)
    usual: dict[str, Any] = {"name": "Koperasi Maju", "kind": "cooperative", "valid_from": DAY}
    province = members[0].province_id if members else cast.area("Jawa Barat").pk
    made = Group.objects.create(regency=area, province_id=province, **(usual | changes))
    for one in members:
        Member.objects.create(
            group=made, enterprise=one, province_id=province, regency=area, valid_from=DAY
        )
    return made


def officer() -> dict[str, Area | User]:
    """Return the words with which a regency's own officer delivers."""
    return {"office": cast.area("Kab. Indramayu"), "by": cast.regency_officer()}


def buyer(regency: str = "Kab. Indramayu", **changes: Any) -> Buyer:
    """Write a verified buyer down."""
    usual: dict[str, Any] = {"name": "RSUD Indramayu", "kind": "health_facility"}
    usual |= {"person": "Ibu Sri", "phone": "0812", "today": DAY}
    by = changes.pop("by", None) or cast.planner()
    is_verified = changes.pop("verified", True)
    made = needs.add_buyer(regency=cast.area(regency), by=by, **(usual | changes))
    return needs.verify_buyer(made, by=by) if is_verified else made


def need(
    quantity: int = 1000, code: str = "cloth_mask", *, of: Buyer | None = None, **changes: Any
) -> Need:
    """State and publish a need, due in 14 days."""
    by = changes.pop("by", None) or cast.planner()
    regency = cast.area(changes.pop("regency", "Kab. Indramayu"))
    today = changes.pop("today", DAY)
    terms = GivenTerms(quantity, changes.pop("due", today + timedelta(14)), **changes)
    drafted = needs.state_need(
        of or buyer(by=by), product(code), terms, regency=regency, today=today, by=by
    )
    return needs.publish_need(drafted, today=today, by=by)


def run(*, area: Area | None = None, by: User | None = None, **changes: Any) -> Run:
    """Ask for a match and work it out here, not by a worker."""
    by = by or cast.planner()
    usual: dict[str, Any] = {"title": "Putaran", "as_of": DAY, "tolerance": 0}
    asked = runs.ask_run(GivenRun(**(usual | changes)), area=area, by=by)
    begun = runs.begin(asked.pk, by=by)
    assert begun is not None
    material = runs.case_of(begun, list(runs.needs_of(begun, by)), by)
    case = material.case()
    assert isinstance(case, Case), case
    return runs.keep_answer(begun, solve(case, time_limit=10), material, by=by)


@transaction.atomic
def offered(
    need: Need, maker: Capacity, quantity: int, *, ready_by: date, by: User | None = None
) -> Order:
    """Offer units of a need to a maker as a match that is adopted does. May break a constraint."""
    by = by or cast.planner()
    run = Run.objects.create(title="Tawaran", as_of=DAY, asked_by=by)
    figures = {"goods": quantity * 5000, "fee": 0, "transport": 0, "firms": 1}
    consignment = Consignment.objects.create(
        run=run, need=need, enterprise_id=maker.enterprise_id, distance="regency",
        quantity=quantity, ready_by=ready_by, **figures,
    )  # fmt: skip
    Part.objects.create(
        consignment=consignment, enterprise_id=maker.enterprise_id, quantity=quantity, lot=1,
        amount=quantity * 5000, per_week=maker.per_week,
    )  # fmt: skip
    return offers.offer(consignment, run, by=by)


def buyer_link(to: Buyer, by: User | None = None) -> Link:
    """Give a buyer its own link, open for a day."""
    moment, by = timezone.now(), by or cast.planner()
    given, _address = links.give(
        BUYING, holder=to.name, subjects=[to.pk], area=to.regency, valid_from=moment,
        valid_to=moment + timedelta(1), by=by, now=moment,
    )  # fmt: skip
    return given
