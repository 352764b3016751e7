"""A firm produces again since a day: said by its office or itself, held against its lists."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.common.periods import WIB
from pulih.market.actions.production import state_production
from pulih.market.links import CAPACITY
from pulih.market.models import ProductionStatement
from pulih.market.production_reads import producing_again
from pulih.market.rules.production import holds, is_before
from pulih.people.links import actions as link_actions
from tests.make import impact, market
from tests.people import cast

DAY = date(2020, 7, 13)
days = st.dates(date(2020, 1, 1), date(2021, 12, 31))


def at(day):
    return datetime(day.year, day.month, day.day, 10, tzinfo=WIB)


def stated(firm, since, *, is_producing=True, by=None, today=DAY, note="Kunjungan"):
    return state_production(
        firm, is_producing=is_producing, since=since, note=note, today=today, now=at(today),
        by=by or cast.regency_officer(),
    )  # fmt: skip


def still_in(firm, month):
    batch = impact.batch()
    rows = impact.rows([firm], batch, status="TEMP_NOT_PRODUCING", month=month)
    impact.take(batch, rows)


@given(days, days, days)
def test_only_a_report_of_a_later_month_overrules(since, as_of, told):
    month = told.replace(day=1)
    assert holds(since, as_of, None) == (since <= as_of)
    assert holds(since, as_of, month) == (since <= as_of and month <= since)
    assert is_before(since, month) == (since < month)


@pytest.mark.django_db
def test_the_newest_statement_of_firms_that_are_one_holds():
    first, second = (market.firm(f"Konveksi {n}") for n in (1, 2))
    stated(first, date(2020, 7, 1))
    assert producing_again(DAY, at(DAY) + timedelta(hours=1)) == {first.pk: date(2020, 7, 1)}
    assert producing_again(DAY, at(DAY)) == {}  # It was said at that moment, not before it.
    assert producing_again(date(2020, 6, 30), at(DAY) + timedelta(1)) == {}
    type(second).objects.filter(pk=second.pk).update(merged_into=first)
    stated(second, date(2020, 7, 9), is_producing=False)
    assert producing_again(DAY, at(DAY) + timedelta(hours=1)) == {}
    assert ProductionStatement.objects.count() == 2


@pytest.mark.django_db
def test_a_day_that_contradicts_what_is_known_is_refused_and_nothing_kept():
    firm = market.firm("Konveksi 1")
    still_in(firm, "2020-05")
    for since, sentence in (
        (DAY + timedelta(1), "belum tiba"),
        (date(2020, 4, 30), "berhenti pada Mei 2020"),
    ):
        with pytest.raises(Refusal, match=sentence):
            stated(firm, since)
    assert not ProductionStatement.objects.exists()
    stated(firm, date(2020, 5, 20))
    with pytest.raises(Refusal, match="sejak 20 Mei 2020"):
        stated(firm, date(2020, 5, 19), is_producing=False)
    still_in(firm, "2020-06")
    assert producing_again(DAY, at(DAY) + timedelta(1)) == {}


@pytest.mark.django_db
def test_an_owner_says_it_on_a_phone_and_the_office_reads_it(client):
    firm, other = market.firm("Konveksi 1"), market.firm("Konveksi 2")
    now = timezone.now()
    link, secret = link_actions.give(
        CAPACITY, holder=firm.name, subjects=[firm.pk], area=firm.regency,
        valid_from=now - timedelta(1), valid_to=now + timedelta(3), by=cast.regency_officer(),
        now=now,
    )  # fmt: skip
    address = reverse("market:own-production", args=[link.pk])
    assert client.post(address).status_code == 404
    client.get(reverse("links:open", args=[secret]))
    refused = client.post(address, {"is_producing": "yes", "since": "31/02/2020"})
    assert "31/02/2020" in refused.content.decode()
    assert client.post(address, {"is_producing": "yes", "since": "2020-07-01"}).status_code == 303
    (one,) = ProductionStatement.objects.all()
    assert (one.enterprise_id, one.by, one.link_id) == (firm.pk, None, link.pk)
    page = client.get(reverse("market:own-capacity", args=[link.pk])).content.decode()
    assert "berproduksi lagi sejak 1 Jul" in page
    with pytest.raises(PermissionDenied):
        stated(other, date(2020, 7, 1), by=link)
    client.force_login(cast.regency_officer())
    form = reverse("market:add-production", args=[firm.pk])
    assert client.post(form, {"is_producing": "no", "since": "2020-07-02"}).status_code == 200
    said = {"is_producing": "no", "since": "2020-07-02", "note": "Telepon 3 Juli"}
    assert client.post(form, said).status_code == 303
    page = client.get(reverse("market:of-enterprise", args=[firm.pk])).content.decode()
    assert "Telepon 3 Juli" in page


@pytest.mark.django_db
def test_a_program_says_it_and_hears_what_contradicts(client):
    firm = market.firm("Konveksi 1")
    client.force_login(cast.regency_officer())

    def say(**said):
        address = f"/api/v1/market/firms/{firm.pk}/production"
        return client.post(address, said, content_type="application/json")

    made = say(is_producing="yes", since="2020-07-01", note="Kunjungan")
    assert (made.status_code, made.json()["is_producing"]) == (201, True)
    assert say(is_producing="no", since="2020-06-30", note="Telepon").status_code == 409
    assert say(is_producing="maybe", since="2020-07-02", note="x").status_code == 422
    assert say(is_producing="yes", since="2020-07-02").status_code == 422  # How it is known.
    assert ProductionStatement.objects.count() == 1
