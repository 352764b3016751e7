"""Readiness for export: what is known is not asked, the phone asks the rest, sales have a rate."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from pulih.common.errors import Refusal
from pulih.market import readiness
from pulih.market.actions import exporting
from pulih.market.links import READINESS
from pulih.market.models import ExportSale, ReadinessAnswer, ReadinessAsk
from pulih.people.links import actions as link_actions
from pulih.registry.models import Enterprise
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = market.DAY
SEEN = f"?per={DAY}"


@pytest.fixture
def firm():
    made = market.firm("Kopi Sindoro")
    market.capacity(made, "coffee", per_week=200)
    return made


def answers_of(firm):
    (found,) = readiness.readiness_of([firm], DAY)
    return {one.term.key: (one.says, one.how) for one in found.answers}


def test_what_pulih_knows_is_not_asked(firm):
    assert answers_of(firm)["quantity"] == (True, "known")
    assert answers_of(firm)["nib"] == (None, "")
    firm.nib = "9120000000001"
    firm.save(update_fields=["nib"])
    firm.certificates.create(
        province_id=firm.province_id, regency_id=firm.regency_id, kind="halal", number="H 1",
        valid_to=DAY,
    )  # fmt: skip
    known = answers_of(firm)
    assert (known["nib"], known["halal"]) == ((True, "known"), (True, "known"))
    for days in (
        {"valid_to": DAY - timedelta(1)},
        {"valid_from": DAY + timedelta(1), "valid_to": None},
    ):
        firm.certificates.update(**days)
        assert answers_of(firm)["halal"] == (None, "")
    firm.certificates.update(valid_from=DAY)
    assert answers_of(firm)["halal"] == (True, "known")


def test_a_firm_answers_on_its_phone(client, firm):
    officer, now = cast.regency_officer(), timezone.now()
    link, secret = link_actions.give(
        READINESS, holder=firm.name, subjects=[firm.pk], area=firm.regency,
        valid_from=now - timedelta(1), valid_to=now + timedelta(3), by=officer, now=now,
    )  # fmt: skip
    page = reverse("market:answer-readiness", args=[link.pk])
    assert client.get(page).status_code == 404
    client.get(reverse("links:open", args=[secret]))
    shown = client.get(page + SEEN).content.decode()
    assert shown.count('type="radio"') == 2 * 7
    assert "Bantuan gratis" in shown
    assert "Jawab sedikitnya" in client.post(page + SEEN, {}).content.decode()
    assert not ReadinessAnswer.objects.exists()
    told = {"nib": "yes", "halal": "yes", "pirt": "no"}
    assert client.post(page + SEEN, told).status_code == 303
    assert answers_of(firm)["pirt"] == (False, "answered")
    assert ReadinessAnswer.objects.filter(link=link, by=None).count() == 3
    assert client.get(page + SEEN).content.decode().count('type="radio"') == 2 * 4
    other = market.firm("Kopi Lain")
    with pytest.raises(PermissionDenied):
        exporting.answer(other, {"nib": True}, today=DAY, by=link)


def test_the_newest_answer_counts_and_strangers_do_not_answer(firm):
    officer = cast.regency_officer()
    exporting.ask(firm, today=DAY, by=officer)
    exporting.answer(firm, {"even": False}, today=DAY, by=officer)
    exporting.answer(firm, {"even": True}, today=DAY, by=officer)
    assert answers_of(firm)["even"] == (True, "answered")
    with pytest.raises(Refusal):
        exporting.answer(firm, {"guessed": True}, today=DAY, by=officer)
    stranger = cast.regency_officer("Kota Denpasar")
    with pytest.raises(PermissionDenied):
        exporting.answer(firm, {"even": True}, today=DAY, by=stranger)
    assert readiness.asked_firms(stranger) == []
    assert readiness.asked_firms(officer) == [firm]


def test_the_pages_count_ask_and_keep_sales(client, firm):
    officer = cast.regency_officer()
    client.force_login(officer)

    def visit(name, *arguments, post=None):
        address = reverse(f"market:{name}", args=arguments) + SEEN
        return client.get(address) if post is None else client.post(address, post)

    assert "Belum ada IKM" in visit("readiness").content.decode()
    assert "/l/" in visit("ask-readiness", firm.pk, post={}).content.decode()
    assert ReadinessAsk.objects.count() == 1
    page = visit("firm-readiness", firm.pk).content.decode()
    assert "belum diketahui" in page
    assert "ICO" in page
    assert "style=" not in page
    assert "Jawab sedikitnya" in visit("answer-for-firm", firm.pk, post={}).content.decode()
    assert visit("answer-for-firm", firm.pk, post={"nib": "no"}).status_code == 303
    counted = visit("readiness").content.decode()
    assert "Dari 1 IKM" in counted
    assert "Kopi Sindoro" in counted
    sale = {"sold_on": DAY, "destination": "JP", "hs": "090121", "value": "1200.50",
            "currency": "USD", "rate": "14150", "rate_on": DAY, "through": ""}  # fmt: skip
    ahead = visit("add-sale", firm.pk, post={**sale, "sold_on": DAY + timedelta(1)})
    assert "sudah terjadi" in ahead.content.decode()
    wrong = visit("add-sale", firm.pk, post={**sale, "currency": "IDR"}).content.decode()
    assert "kursnya 1" in wrong
    assert visit("add-sale", firm.pk, post=sale).status_code == 303
    assert ExportSale.objects.get().rupiah == 16_987_075
    assert "16.987.075" in visit("firm-readiness", firm.pk).content.decode()
    assert answers_of(firm)["papers"] == (True, "known")


def test_where_nobody_was_asked_the_page_leads_to_firms_that_may_be(client, firm):
    client.force_login(cast.regency_officer())
    empty = client.get(reverse("market:readiness") + SEEN).content.decode()
    _, told = empty.split("Belum ada IKM yang ditanya.")
    assert reverse("market:capacities") in told
    there = client.get(reverse("market:of-enterprise", args=[firm.pk]) + SEEN).content.decode()
    assert reverse("market:firm-readiness", args=[firm.pk]) in there


def test_a_firm_that_can_be_given_no_address_was_not_asked(client, firm):
    Enterprise.objects.filter(pk=firm.pk).update(name=" ")
    client.force_login(cast.regency_officer())
    page = client.post(reverse("market:ask-readiness", args=[firm.pk]) + SEEN, {})
    assert "Tulis namanya" in page.content.decode()
    assert not ReadinessAsk.objects.exists()


def test_months_of_production_are_read_from_reports(firm):
    from tests.make import impact

    for month in range(1, 7):
        impact.report(firm, month=f"2020-0{month}", status="TEMP_NOT_PRODUCING")
    assert answers_of(firm)["months"] == (False, "known")
