"""Who asked makers for goods in 2020, which needs were matched, and what became of the orders."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum

from pulih import places
from pulih.areas.models import Area
from pulih.common.periods import WIB
from pulih.market.actions import capacities, exporting, groups, needs, offers, runs
from pulih.market.actions.fewer_units import accept_fewer
from pulih.market.actions.needs import GivenTerms
from pulih.market.actions.runs import GivenRun
from pulih.market.models import Buyer, Capacity, Group, Order, Product, ReadinessAsk, Run
from pulih.matching import Case, solve
from pulih.people.models import User
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.workflow.clock import playing_at

from .makers import Story, told

CERTIFICATE, ISSUED, HELD_UNTIL = "medical_device", date(2019, 3, 1), date(2024, 2, 29)
WEEKS = 2  # What a regency asks of its own makers: all that they make in so many weeks.
SECONDS = 10
STEPS = ("offered", "confirmed", "sent", "received")
Done = Callable[[int, int], None]


def live_through(done: Done, *, by: User) -> None:
    """Let makers join, buyers ask, and each match of the story go as far as it got, once.

    by: a planner. Each match is whole or is told again.
    """
    stories = told()
    total = 3 + len(stories["run"])
    done(0, total)
    if not Group.objects.exists():
        with speaking_for(by), transaction.atomic():
            _license(by)
            for story in stories["group"]:
                _join(story, by)
    for place, story in enumerate(stories["run"], start=1):
        done(place, total)
        if not Run.objects.filter(title=story["title"]).exists():
            with transaction.atomic():
                _match(story)
    done(total - 2, total)
    if not ReadinessAsk.objects.exists():
        with speaking_for(by), transaction.atomic():
            for story in stories["readiness"]:
                _ask_readiness(story)
    done(total - 1, total)
    with transaction.atomic():
        for story in stories["need"]:
            if not Buyer.objects.filter(name=story["buyer"]).exists():
                _ask(story, story, _person(story))
    done(total, total)


def capacities_of(key: str) -> Any:
    """Return what the makers of a list of the story can make, by the order of its rows."""
    file = next(one["file"] for one in told()["list"] if one["key"] == key)
    return Capacity.objects.filter(batch__file_name=file).order_by("source_record__row")


def _ask_readiness(story: Story) -> None:
    """Ask all firms of a list how ready they are for export; some answer."""
    on, by, answered = story["on"], _person(story), story["answered"]
    with playing_at(_at(on, 9)):
        for place, one in enumerate(capacities_of(story["list"]).select_related("enterprise")):
            exporting.ask(one.enterprise, today=on, by=by)
            if place < answered:
                # Turned from term to term, so that not the same firms say yes to each.
                said = {
                    key: (place + 7 * turn) % answered < count
                    for turn, (key, count) in enumerate(story["yes"].items())
                }
                exporting.answer(one.enterprise, said, today=on, by=by)


def _license(by: User) -> None:
    """Write down the licences that some makers of medical goods hold."""
    for story in told()["list"]:
        for place, one in enumerate(capacities_of(story["key"])[: story.get("licensed", 0)]):
            capacities.add_certificate(
                one.enterprise, kind=CERTIFICATE, standard=one.product.standards.get(),
                number=f"AKD 00{place:03} (peragaan)", valid_from=ISSUED, valid_to=HELD_UNTIL,
                by=by,
            )  # fmt: skip


def _join(story: Story, by: User) -> None:
    """Make one group a regency of the list's makers."""
    hubs: dict[int, Group] = {}
    for one in capacities_of(story["list"]).select_related("enterprise__regency"):
        firm = one.enterprise
        if firm.regency_id not in hubs:
            hubs[firm.regency_id] = groups.save_group(
                Group(), regency=firm.regency, name=f"{story['name']} {firm.regency.name}",
                kind=story["kind"], fee=story["fee"], min_order=story["min_order"],
                valid_from=story["from"], by=by,
            )  # fmt: skip
        groups.add_member(hubs[firm.regency_id], firm, since=story["from"], by=by)


def _match(story: Story) -> None:
    """State the needs of one match, work it out, offer it, and let its orders go on."""
    person = _person(story)
    with speaking_for(person), playing_at(_at(story["on"], 9)):
        stated_by = User.objects.get(username=story.get("stated_by", story["by"]))
        for asked in story["need"]:
            _ask(asked, story, stated_by)
        area = _area(story.get("regency") or story["province"])
        product = Product.objects.filter(code=story.get("product", "")).first()
        given = GivenRun(story["title"], story["on"], product=product, time_limit=SECONDS)
        run = runs.begin(runs.ask_run(given, area=area, by=person).pk, by=person)
        assert run is not None
        material = runs.case_of(run, list(runs.needs_of(run, person)), person)
        case = material.case()
        assert isinstance(case, Case), case
        solved = runs.keep_answer(run, solve(case, time_limit=SECONDS), material, by=person)
        runs.adopt(solved, by=person)
        _go_on(run, story, person)


def _ask(asked: Story, story: Story, by: User) -> None:
    """State and publish a need; of a list, one in each of its regencies."""
    on: date = story["on"]
    product = Product.objects.get(code=asked["product"])
    standard = product.standards.filter(code=asked.get("standard", "")).first()
    with speaking_for(by), playing_at(_at(on, 8)):
        for regency, name, quantity in _wanted(asked):
            terms = GivenTerms(
                quantity, on + timedelta(asked["days"]), standard=standard,
                min_order=asked.get("min_order", 1),
            )  # fmt: skip
            buyer = _buyer(name, asked["kind"], regency, on, by)
            need = needs.state_need(buyer, product, terms, regency=regency, today=on, by=by)
            needs.publish_need(need, today=on, by=by)


def _wanted(asked: Story) -> Iterator[tuple[Area, str, int]]:
    """Yield regency, buyer and quantity: of a list, all that its makers can make in two weeks."""
    if "like" not in asked:
        yield _area(asked["regency"]), asked["buyer"], asked["quantity"]
        return
    made = capacities_of(asked["like"]).order_by("regency__sort_key").values("regency")
    for one in made.annotate(n=Sum("per_week")):
        regency = Area.objects.get(pk=one["regency"])
        yield regency, f"{asked['buyer']} {regency.name}", WEEKS * one["n"]


def _buyer(name: str, kind: str, regency: Area, on: date, by: User) -> Buyer:
    known: Buyer | None = Buyer.objects.filter(regency=regency, name=name).first()
    if known:
        return known
    made = needs.add_buyer(
        name=name, kind=kind, regency=regency, person="", phone="", today=on, by=by
    )
    return needs.verify_buyer(made, by=by)


def _go_on(run: Run, story: Story, by: User) -> None:
    """Let every order of a match go as far as the story says.

    One may be declined instead, one accepted for fewer units, or nobody answers in time.
    """
    if story["until"] == "lapsed":
        late = max(run.orders.values_list("answer_until", flat=True))
        with speaking_as_system() as system, playing_at(late):
            offers.lapse_offers(by=system, now=late)
        return
    steps = STEPS.index(story["until"])
    orders = list(run.orders.order_by("pk"))
    if "decline" in story:
        offers.answer(orders.pop(0), accepts=False, reason=story["decline"], by=by)
    if "fewer" in story:
        units, reason = story["fewer"]
        accept_fewer(orders.pop(0), quantity=units, reason=reason, by=by)
    for order in orders:
        _step(order, steps, by)


def _step(order: Order, steps: int, by: User) -> None:
    if steps >= 1:
        with playing_at(_at(order.work_from, 15)):
            order = offers.answer(order, accepts=True, by=by)
            order = offers.confirm(order, by=by)
    if steps >= 2:
        with playing_at(_at(order.ready_by, 8)):
            order = offers.send(order, quantity=order.quantity, by=by)
    if steps >= 3:
        day = order.need.due
        with playing_at(_at(day, 10)):
            offers.receive(
                order, received_on=day, receiver=order.need.buyer.name, good=order.quantity,
                refused=0, reason="", today=day, by=by,
            )  # fmt: skip


def _person(story: Story) -> User:
    return User.objects.get(username=story["by"])


def _area(name: str) -> Area:
    found = places.resolve(name, on=told()["list"][0]["as_of"])
    assert found is not None, name
    return Area.objects.get(pk=found.key)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=WIB)
