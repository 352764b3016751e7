"""What the classes of the story made, and who counted and signed for it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from pulih import places
from pulih.areas.rows import area_key_of, area_of
from pulih.delivery.actions import goods, handovers
from pulih.delivery.models import Activity, Cohort, Handover, Item, Receiver
from pulih.market.models import Order
from pulih.people.models import User
from pulih.places import time_zone

from .shares import largest_remainder

GIVER = ("Kepala Bidang Pemberdayaan Industri (peragaan)", "Gudang dinas")
BEGAN = date(2020, 3, 23)  # A day on which Gugus Tugas of regencies were there.
SATGAS = date(2020, 8, 12)  # Assumed: each area's own day.
Story = Mapping[str, Any]


class Going(NamedTuple):
    """One consignment. counted: what the receiver found; None while there is no answer.

    order: of the market, whose goods it carries.
    """

    receiver: Receiver
    quantity: int
    counted: int | None
    reason: str
    sent_on: date
    order: Order | None = None


def hand_over(story: Story, activity: Activity, cohorts: list[Cohort], *, by: User) -> None:
    """Buy the material, let the classes make the goods, check them, and hand them over.

    What makers of the market made waits until their orders are there.
    """
    product = make_goods(story, activity, cohorts, by)
    if "orders" not in story:
        send_goods(story, activity, product, by=by)


def send_goods(story: Story, activity: Activity, product: Item, *, by: User) -> None:
    """Hand all goods of an activity over, those that were ordered by the numbers of the orders."""
    for number, going in enumerate(_consignments(story, activity, by), start=1):
        sent = _send(product, f"{number:02}", story, going, by)
        if going.counted is not None:
            _confirm(sent, going, by)


def make_goods(story: Story, activity: Activity, cohorts: list[Cohort], by: User) -> Item:
    first, last = activity.starts_on, activity.ends_on
    name, unit, bought, used, paid, sp2d = story["material"]
    material = goods.add_item(activity, name=name, unit=unit, standard="", by=by)
    name, unit, standard = story["product"]
    product = goods.add_item(activity, name=name, unit=unit, standard=standard, by=by)
    before = activity.decree_on or first
    goods.move(material, kind="bought", quantity=bought, value=paid, payment=sp2d, day=before,
               by=by, today=before)  # fmt: skip
    goods.move(material, kind="issued", quantity=used, day=first, by=by, today=first)
    sizes = [cohort.places for cohort in cohorts]
    parts = zip(
        cohorts,
        largest_remainder(sizes, story["made"]),
        largest_remainder(sizes, used),
        strict=True,
    )
    for cohort, pieces, spent in parts:
        session = cohort.sessions.latest("day")
        goods.make_batch(
            product, quantity=pieces, material=material, used=spent, day=last, session=session,
            by=by, today=last,
        )  # fmt: skip
    scrapped, why = story["scrapped"]
    checked = last + timedelta(2)
    passed = story["made"] - scrapped
    goods.move(product, kind="passed", quantity=passed, day=checked, by=by, today=checked)
    if scrapped:
        goods.move(product, kind="scrapped", quantity=scrapped, day=checked, reason=why, by=by,
                   today=checked)  # fmt: skip
    return product


def _consignments(story: Story, activity: Activity, by: User) -> Iterator[Going]:
    """Yield what goes to whom; what came back goes again, under the name of that day."""
    receivers = list(_receivers(story, activity, by))
    whole = story["made"] - story["scrapped"][0]
    first = story.get("first_gets", 0)
    others = receivers[1:] if first else receivers
    parts = [first] * bool(first) + largest_remainder([1] * len(others), whole - first)
    orders = [_order_of(story, one) for one in receivers]
    if sum(one.quantity for one in orders if one) == whole:
        parts = [one.quantity if one else 0 for one in orders]
    else:
        orders = [None] * len(receivers)
    counted, reason = story.get("short", (None, ""))
    answered = len(receivers) - story.get("unanswered", 0)
    for place, (receiver, quantity) in enumerate(zip(receivers, parts, strict=True)):
        found = quantity if place < answered else None
        is_short = bool(reason) and place == 0
        yield Going(
            receiver, quantity, counted if is_short else found, reason if is_short else "",
            story["sent_on"], orders[place],
        )  # fmt: skip
    if reason:
        left = first - counted
        yield Going(_satgas(receivers[0], by), left, left, "", story["again_on"])


def _order_of(story: Story, receiver: Receiver) -> Order | None:
    """Return the confirmed order of the goods for a receiver, where the story names a product."""
    found = Order.objects.filter(
        need__product__code=story.get("orders", ""), need__buyer__name=receiver.name,
        to_regency=receiver.regency, state="confirmed",
    )  # fmt: skip
    one: Order | None = found.first()
    return one


def _receivers(story: Story, activity: Activity, by: User) -> Iterator[Receiver]:
    """Yield those whom the story names, or one of each regency, its cities first."""
    told = story["receivers"]
    sites = activity.sites.select_related("regency").order_by("-regency__name")
    if told == "gugus_tugas":
        for site in sites:
            name = f"Gugus Tugas {site.regency.name}"
            yield _receiver("task_force", name, site.regency, BEGAN, SATGAS, by)
    elif "{}" in told[1]:
        for site in sites:
            yield _receiver(
                told[0], told[1].format(site.regency.name), site.regency, BEGAN, None, by
            )
    else:
        area = activity.sites.all()[0].regency
        for kind, name in told:
            yield _receiver(kind, name, area, BEGAN, None, by)


def _satgas(before: Receiver, by: User) -> Receiver:
    assert before.regency is not None
    name = before.name.replace("Gugus Tugas", "Satgas")
    return _receiver("task_force", name, before.regency, SATGAS, None, by)


def _receiver(
    kind: str, name: str, area: Any, valid_from: date, valid_to: date | None, by: User
) -> Receiver:
    known = Receiver.objects.filter(name=name, regency=area).first()
    return known or handovers.add_receiver(
        kind=kind, name=name, area=area, address="", valid_from=valid_from, valid_to=valid_to,
        by=by,
    )  # fmt: skip


def _send(product: Item, number: str, story: Story, going: Going, by: User) -> Handover:
    post, place = GIVER
    return handovers.send(
        product, number=f"BAST-{number}/{story['bast']}/2020", receiver=going.receiver,
        quantity=going.quantity, sent_on=going.sent_on, name=by.name, post=post, place=place,
        by=by, now=_at(going.receiver, going.sent_on, 9), today=going.sent_on, order=going.order,
    )  # fmt: skip


def _confirm(sent: Handover, going: Going, by: User) -> None:
    day = going.sent_on + timedelta(1)
    assert going.counted is not None
    handovers.confirm(
        sent, received=going.counted, received_on=day, came_back=going.quantity - going.counted,
        reason=going.reason, name="Petugas penerima (peragaan)", post="Pengelola barang",
        place=str(area_of(going.receiver)), by=by,
        now=_at(going.receiver, day, 10), today=day,
    )  # fmt: skip


def _at(receiver: Receiver, day: date, hour: int) -> datetime:
    zone = time_zone(places.place(area_key_of(receiver)))
    return datetime.combine(day, time(hour), tzinfo=zone)
