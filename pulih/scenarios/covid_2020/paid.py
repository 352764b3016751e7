"""How the trainings of the story were paid: material by contract, people by lists.

Only Pulih itself is heard of what was learned when, so it posts the documents, each known on its
own day or, on a line that has learned more by then, on the day of that. Numbers are generated.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from pulih import places
from pulih.budget import actions as budget
from pulih.budget.clock import playing_at
from pulih.budget.models import Entry, Posting
from pulih.delivery.actions import honoraria, packs, payments
from pulih.delivery.models import Activity, PaymentList, Stage
from pulih.delivery.reads.honoraria import offers_of
from pulih.delivery.reads.packs import pack_lines
from pulih.delivery.reads.payments import money_by_line, promise_of, rows_of, sources
from pulih.people.models import User
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.treasury import actions as treasury
from pulih.treasury.reads import taxes
from pulih.treasury.rules.taxes import Payee

from . import checking

Story = Mapping[str, Any]


def buy_material(story: Story, activity: Activity) -> None:
    """Commit and pay the material out of what is promised, by the day of the decree."""
    _name, _unit, _bought, _used, rupiah, sp2d = story["material"]
    promise, day = promise_of(activity), activity.decree_on
    assert promise is not None
    assert day is not None
    line = next(
        one.line.pk for one in money_by_line(promise)
        if one.line.account == "521211" and one.left >= rupiah
    )  # fmt: skip
    party = f"CV Bahan {story['bast'].title()} (peragaan)"
    with _at(promise.pk, day), speaking_as_system() as system:
        contract = payments.commit(
            activity, {line: rupiah}, number=f"SPK-{story['bast']}/2020", effective_on=day,
            party=party, reason="", by=system,
        )  # fmt: skip
        asked = budget.request_payment(
            promise.unit, {line: rupiah}, number=f"SPP-{story['bast']}-1", fiscal_year=2020,
            effective_on=day, by=system, method="LS", commitment=_posting(contract), party=party,
        )  # fmt: skip
        _withhold(_posting(asked), system)
        _settle(_posting(asked), sp2d, day, system)


def pay_people(story: Story, activity: Activity, office: User) -> None:
    """Check those who came, fix the list, and pay it in the week after the last day."""
    first = activity.ends_on + timedelta(1)
    checking.check(activity, Stage.PAYMENT, first, office)
    row, _pay = rows_of(activity)[0]
    with speaking_for(office):
        made = payments.make_list(
            activity, row, number=f"DN-{story['bast']}/2020", by=office, today=first
        )
    sp2d = str(int(story["material"][5]) + 1)
    _pay_list(made, activity.decree_number, f"{story['bast']}-2", sp2d, first + timedelta(2))


def pay_teachers(story: Story, activity: Activity, office: User) -> None:
    """Fix the lists of honoraria of who taught and who helped, and pay them, where that is told."""
    first = activity.ends_on + timedelta(1)
    offers = offers_of(activity)
    for place, (offer, sp2d) in enumerate(zip(offers, story.get("honoraria", ()), strict=False), 1):
        number = f"DH-{story['bast']}-{place}/2020"
        with speaking_for(office):
            made = honoraria.make_list(
                activity, offer.row, number=number, rate=offer.highest, by=office, today=first
            )
        decree = f"SK-{number} (peragaan)"
        _pay_list(made, decree, f"{story['bast']}-H{place}", sp2d, first + timedelta(2))


def _pay_list(made: PaymentList, decree: str, number: str, sp2d: str, day: date) -> None:
    """Commit by a decree, name the papers, and let SPP, SPM and SP2D follow on a day."""
    promise = promise_of(made.activity)
    assert promise is not None
    line = next(
        one.line.pk for one in money_by_line(promise) if one.line.account == made.row.account
    )
    with _at(promise.pk, day), speaking_as_system() as system:
        payments.commit(
            made.activity, {line: made.gross}, number=decree,
            effective_on=day, party=f"Daftar nominatif {made.number}", reason="", by=system,
        )  # fmt: skip
        for one in pack_lines(made):
            if one.is_of_office:
                key = one.rule.key
                packs.name_paper(
                    made, key=key, number=f"{key[:3].upper()}-{promise.pk}/2020 (peragaan)",
                    dated=made.made_on, by=system, today=day,
                )  # fmt: skip
        source = sources(promise, made.row.account, made.gross)[0]
        asked = payments.request_payment(
            made, source=source, number=f"SPP-{number}", effective_on=day, method="LS",
            by=system, today=day,
        )  # fmt: skip
        _settle(_posting(asked), sp2d, day, system)


def _withhold(request: Posting, system: User) -> None:
    """State what the rule withholds of goods from a firm that adds VAT."""
    rule = taxes.suggested(request, Payee.VAT_BODY, has_number=True)
    amounts = {one.tax: one.rupiah for one in rule}
    treasury.state_taxes(request, amounts, payee=Payee.VAT_BODY, has_number=True, by=system)


def _settle(request: Posting, sp2d: str, day: date, system: User) -> None:
    number = request.document_number.replace("SPP", "SPM")
    order = _posting(budget.order_payment(request, number=number, effective_on=day, by=system))
    amounts = dict(order.entries.values_list("line", "rupiah"))
    budget.pay(
        order.unit, amounts, number=sp2d, fiscal_year=2020, effective_on=day, by=system,
        refers_to=order, method=order.method, party=order.party,
    )  # fmt: skip


@contextmanager
def _at(promise: int, day: date) -> Iterator[None]:
    """Play on a day, or when a line of the promise last learned something, if that is later."""
    lines = Entry.objects.filter(line__promised__promise=promise)
    newest = lines.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    moment = datetime.combine(day, time(10), tzinfo=places.time_zone(places.place(1)))
    with playing_at(max(moment, newest or moment)):
        yield


def _posting(posted: budget.Posted) -> Posting:
    found: Posting = Posting.objects.select_related("unit__province").get(pk=posted.posting_id)
    return found
