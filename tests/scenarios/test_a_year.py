"""A year of 34 units: DIPA, revisions, payments, imprest, taxes, closing, and the next opening.

Slow for one test (about 10 s): it plays every unit's documents, each learned on its own day.
"""

from contextlib import contextmanager
from datetime import date, datetime

import pytest
from django.db.models import Sum
from django.urls import reverse

from pulih import places
from pulih.areas.models import Area
from pulih.audit import reconcile as audit
from pulih.budget import actions, clock
from pulih.budget import reconcile as budget
from pulih.budget.models import BudgetLine, Entry, Posting
from pulih.common.errors import Refusal
from pulih.common.periods import WIB
from pulih.people.scope import speaking_for
from pulih.revisions.actions import DraftLine
from pulih.treasury import actions as treasury
from pulih.treasury import reconcile as filed_months
from pulih.treasury.models import Deduction
from pulih.treasury.reads.books import books_of
from pulih.treasury.reads.papers import papers_of
from tests.make import budget as make
from tests.make import ledger
from tests.make import revisions as make_revisions
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CEILING, IMPREST, CONTRACT, PAID, BILL = 400_000_000, 50_000_000, 66_000_000, 33_000_000, 11_000_000
SOME = 3  # How many units shift money in June and spend their imprest: the law is one.
SERVICES = "3038.001.051.A.522191"


@contextmanager
def on(day):
    """Let what is posted be learned on a day at noon."""
    with clock.playing_at(datetime(day.year, day.month, day.day, 12, tzinfo=WIB)):
        yield


def open_year(year):
    """Hand out the DIPA of each province: a line of goods and one of services."""
    found = []
    with on(date(year - 1, 12, 1) if year > 2020 else date(2020, 1, 2)):
        for number, place in enumerate(places.provinces(date(2020, 6, 15))):
            unit = make.unit(Area.objects.get(pk=place.key), f"02{number:04d}")
            goods = make.line(unit, ceiling=CEILING, fiscal_year=year)
            make.line(unit, key=SERVICES, ceiling=CEILING, fiscal_year=year)
            found.append(goods)
    return found


def revise(line):
    other = BudgetLine.objects.get(unit=line.unit, line_key=SERVICES, fiscal_year=2020)
    asked = DraftLine(CEILING - 1_000_000, line.pk), DraftLine(CEILING + 1_000_000, other.pk)
    office = cast.provincial_officer(line.province.name)
    drafted = make_revisions.draft(*asked, by=office, judged_on=date(2020, 6, 22))
    make_revisions.in_force(drafted)


def buy(line, day, number):
    """Sign a contract of which half is asked for, taxed, ordered and paid."""
    more = {"effective_on": day, "party": "CV Sagu (peragaan)"}
    contract = ledger.contract(line, CONTRACT, number=number, **more)
    asked = ledger.asked(line, PAID, commitment=contract, method="LS", **more)
    ledger.taxed(asked, make.system())
    order = ledger.ordered(asked, effective_on=day)
    ledger.paid(line, PAID, refers_to=order, method="LS", **more)
    return asked


def spend_imprest(line, day):
    """Account for a bill out of the imprest, and have it refilled."""
    asked = ledger.asked(line, BILL, method="GUP", party="Bendahara", effective_on=day)
    ledger.taxed(asked, make.system())
    order = ledger.ordered(asked, effective_on=day)
    ledger.paid(line, BILL, refers_to=order, method="GUP", effective_on=day)
    return asked


def pay_taxes_in(line, by):
    for one in Deduction.objects.in_force().filter(
        withholding__unit=line.unit, withholding__way="treasurer"
    ):
        number = f"{one.tax}{one.pk}".upper().ljust(16, "0")
        with speaking_for(by):
            treasury.record_proof(one, ntpn=number, paid_on=date(2020, 9, 10), by=by)


def close(line, imprest):
    """Give back the imprest that is left, so that nothing is held after the year."""
    ledger.returned(imprest, effective_on=date(2020, 12, 28))


def carry_over(line, contract, to):
    ppk = ledger.officer(line, "ppk")
    with speaking_for(ppk):
        posted = actions.carry_over(
            contract, to, CONTRACT - PAID, number=f"ADD-{line.unit_id}",
            effective_on=date(2021, 1, 2), by=ppk,
        )  # fmt: skip
    return Posting.objects.get(pk=posted.posting_id)


def play():
    """Play the whole year; return the lines, requests and carried-over contracts, unit by unit."""
    lines = open_year(2020)
    with on(date(2020, 1, 20)):
        imprests = [
            ledger.paid(line, IMPREST, method="UP", effective_on=date(2020, 1, 20))
            for line in lines
        ]
    for line in lines[:SOME]:
        revise(line)
    with on(date(2020, 6, 23)):
        bought = [buy(line, date(2020, 6, 23), f"SPK-{line.unit_id}/2020") for line in lines]
    with on(date(2020, 9, 7)):
        spent = [spend_imprest(line, date(2020, 9, 7)) for line in lines[:SOME]]
    for line, imprest in zip(lines, imprests, strict=True):
        with on(date(2020, 12, 28)):
            close(line, imprest)
    after = open_year(2021)
    carried = [
        carry_over(line, asked.settles, to)
        for line, asked, to in zip(lines, bought, after, strict=True)
    ]
    return lines, bought, spent, carried


def sums_of(key):
    return {
        kind: int(total)
        for kind, total in Entry.objects.filter(**key)
        .order_by()
        .values_list("amount_kind")
        .annotate(total=Sum("rupiah"))
    }


def test_a_year_runs_from_the_dipa_to_the_next_years_opening(client):
    lines, bought, spent, carried = play()
    first = lines[0]
    units = len(lines)
    assert units == 34
    treasurer = ledger.officer(first, "treasurer")
    pay_taxes_in(first, treasurer)
    with speaking_for(treasurer):
        for month in range(1, 13):
            treasury.file_month(first.unit, 2020, month, by=treasurer)
    december = books_of(first.unit, 2020)[11].sums
    assert {name: one.closing for name, one in december.items()} == dict.fromkeys(december, 0)

    year = sums_of({"line__fiscal_year": 2020})
    assert year["ceiling"] == 2 * units * CEILING
    assert year["realisation"] == year["commitment"] == units * PAID + SOME * BILL
    assert sums_of({"line__fiscal_year": 2021})["commitment"] == units * (CONTRACT - PAID)
    contracts = {one.settles.document_number for one in bought}
    assert {one.document_number for one in carried} == contracts
    ceilings = BudgetLine.objects.filter(unit=first.unit, fiscal_year=2020).order_by("ceiling")
    assert [one.ceiling for one in ceilings] == [CEILING - 1_000_000, CEILING + 1_000_000]

    paid_in_2021 = ledger.asked(
        carried[0].entries.get().line, 1_000, commitment=carried[0], method="LS",
        effective_on=date(2021, 2, 1),
    )  # fmt: skip
    assert paid_in_2021.settles_id == carried[0].pk
    with pytest.raises(Refusal, match="2020"):
        ledger.contract(first, 1_000, effective_on=date(2021, 1, 4))
    actions.seal()
    assert [*budget.messages(), *audit.messages(), *filed_months.differences()] == []
    print_everything(client, first, bought[0], spent[0], treasurer)


def print_everything(client, line, bought, spent, treasurer):
    """Ask for each paper of one unit: all of them come."""
    client.force_login(treasurer)
    for request in (bought, spent):
        for one in papers_of(request):
            address = [request.pk, one.key, one.of.pk]
            assert client.post(reverse("treasury:prepare-paper", args=address)).status_code == 303
            paper = client.get(reverse("treasury:paper", args=address))
            assert paper.content.startswith(b"%PDF-")
    revision, report = line.unit.revisions.get(), [line.unit_id, 2020, 4, "accountability"]
    addresses = [
        reverse("treasury:book-file", args=[line.unit_id, 2020, 9, "pdf"]),
        reverse("treasury:book-file", args=[line.unit_id, 2020, 9, "xlsx"]),
        f"{reverse('monitoring:report', args=report)}?format=pdf",
        f"{reverse('budget:pok-out')}?unit={line.unit_id}&year=2020&format=pdf",
        f"{reverse('budget:pok-out')}?unit={line.unit_id}&year=2021&format=pdf",
        f"{reverse('revisions:revision', args=[revision.pk])}?format=pdf",
        f"{reverse('revisions:revision', args=[revision.pk])}?format=xlsx",
    ]
    client.force_login(cast.planner())
    for address in addresses:
        content = client.get(address).content
        assert content.startswith((b"%PDF-", b"PK")), address
