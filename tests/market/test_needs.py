"""Buyers and needs: verified, stated in versions, withdrawn; who sees what."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from pulih.common.errors import Refusal
from pulih.market.actions import needs
from pulih.market.actions.needs import GivenTerms
from pulih.market.models import BuyerContact, Need, NeedTerms
from pulih.people.scope import speaking_for
from pulih.workflow.models import Step
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = market.DAY
LATER = DAY + timedelta(30)


def test_a_need_is_drafted_published_amended_and_withdrawn():
    need = market.need(1000)
    by = cast.planner()
    assert (need.state, need.terms.number) == ("open", 1)
    amended = needs.amend_need(need, GivenTerms(500, LATER, min_order=50), today=DAY, by=by)
    assert (amended.quantity, amended.due, amended.terms.number) == (500, LATER, 2)
    first = NeedTerms.objects.get(need=need, number=1)
    assert first.quantity == 1000
    with pytest.raises(DatabaseError), transaction.atomic():
        NeedTerms.objects.filter(pk=first.pk).update(quantity=1)
    with pytest.raises(Refusal, match="Write the reason"):
        needs.withdraw_need(need, reason="", by=by)
    assert needs.withdraw_need(need, reason="Sudah dibantu", by=by).state == "withdrawn"
    with pytest.raises(Refusal):
        needs.amend_need(need, GivenTerms(500, LATER), today=DAY, by=by)
    moves = Step.objects.of("market_need", need.pk).values_list("move", flat=True)
    assert list(moves) == ["", "publish", "amend", "withdraw"]


def test_a_need_counts_once_its_buyer_is_verified():
    buyer = market.buyer(verified=False)
    with pytest.raises(Refusal, match="memeriksa pemesan"):
        market.need(of=buyer)
    assert not Need.objects.filter(state="open").exists()


def test_a_standard_begins_on_a_day():
    sni = market.product().standards.get(code="SNI 8914:2020")
    with pytest.raises(Refusal) as refused:
        market.need(due=date(2020, 9, 1), standard=sni)
    assert "16 Sep 2020" in refused.value.message.id
    assert not Need.objects.exists()
    assert market.need(due=date(2020, 9, 16), standard=sni, of=market.buyer(name="Lain"))
    with pytest.raises(Refusal, match="bukan standar"):
        market.need(code="garment", standard=sni, of=market.buyer(name="Toko"))


def test_two_names_of_a_buyer_may_hold_at_once():
    by = cast.planner()
    buyer = market.buyer(name="Gugus Tugas Indramayu", kind="task_force", today=date(2020, 4, 1))
    needs.rename_buyer(
        buyer, name="Satgas Indramayu", valid_from=date(2020, 7, 20), until=date(2020, 9, 1), by=by
    )
    held = [
        one.name
        for one in buyer.names.order_by("valid_from")
        if one.valid_from <= date(2020, 8, 10) and (one.valid_to or DAY.max) > date(2020, 8, 10)
    ]
    assert held == ["Gugus Tugas Indramayu", "Satgas Indramayu"]
    for name, day in (("Satgas Indramayu", date(2020, 8, 1)), ("Lain", date(2020, 7, 1))):
        with pytest.raises(Refusal, match="berbeda"):
            needs.rename_buyer(buyer, name=name, valid_from=day, until=None, by=by)


def test_drafts_and_contacts_stay_in_their_area_and_open_needs_do_not():
    officer, stranger = cast.regency_officer(), cast.regency_officer("Kota Denpasar")
    with speaking_for(officer):
        need = market.need(by=officer)
        draft = needs.state_need(
            need.buyer,
            market.product(),
            GivenTerms(5, LATER),
            regency=need.regency,
            today=DAY,
            by=officer,
        )
    with speaking_for(stranger):
        assert list(Need.objects.values_list("pk", flat=True)) == [need.pk]
        assert list(Need.objects.visible_to(stranger)) == [need]
        assert not BuyerContact.objects.exists()
        with pytest.raises(PermissionDenied):
            needs.withdraw_need(need, reason="x", by=stranger)
        with pytest.raises(DatabaseError), transaction.atomic():
            NeedTerms.objects.create(need=need, number=9, quantity=1, due=LATER)
    with speaking_for(officer):
        assert set(Need.objects.values_list("pk", flat=True)) == {need.pk, draft.pk}
