"""Paying who came: from money that is promised over a fixed list to the SP2D, by three hands."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from pulih.budget import actions as budget
from pulih.budget.models import Appointment, Post, Posting
from pulih.budget.rules.parties import PartyKind, kind_of
from pulih.common.errors import Refusal
from pulih.delivery.actions import payments
from pulih.delivery.models import PaymentEntry, PaymentList, Person
from pulih.delivery.reads.payments import (
    owed,
    promise_of,
    rows_of,
    state_of,
    with_money,
)
from pulih.delivery.reconcile import differences
from pulih.people.scope import speaking_for
from tests.delivery.paying import (
    DAY,
    bought_material,
    committed,
    corrected,
    hand,
    line_of,
    ordered,
    paid,
    paid_order,
    requested,
    source,
)
from tests.make import delivery as make
from tests.make import ledger
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def state(given):
    return state_of(with_money(PaymentList.objects.filter(pk=given.pk)).get())


def test_a_list_goes_its_way_through_three_hands_to_the_sp2d(payable):
    activity = payable
    committed(activity)
    assert promise_of(activity).lines.get(line__account="521219").reserved == 0
    made = make.payment_list(activity)
    assert state(made) == "made"
    requested(made)
    request = Posting.objects.get(document_kind="spp")
    assert request.refers_to.document_kind == "commitment"
    assert made.digest[:16] in request.reason
    stated = request.withholdings.get()
    assert (stated.gross, stated.withheld) == (made.gross, made.tax)
    assert kind_of(request.party) == PartyKind.LIST
    assert state(made) == "requested"
    sp2d = paid(made)
    assert state(made) == "paid"
    line = line_of(activity)
    assert (line.committed, line.realised, line.reserved) == (1_100_000, 1_100_000, 0)
    assert sp2d.promise == promise_of(activity)


def test_the_imprest_pays_a_list_out_of_what_is_still_promised(payable):
    activity = payable
    three = activity.participants.filter(number__lte=3)
    made = make.payment_list(activity, only=[one.pk for one in three])
    requested(made, is_imprest=True)
    paid(made)
    line = line_of(activity)
    assert (line.committed, line.realised, line.reserved) == (660_000, 660_000, 440_000)
    assert state(made) == "paid"


def test_who_made_the_request_does_not_order_it(payable):
    activity = payable
    committed(activity)
    made = make.payment_list(activity)
    requested(made)
    made.refresh_from_db()
    officer = hand(activity, Post.COMMITMENT_OFFICER)
    with speaking_for(officer), pytest.raises(Refusal, match="not recorded as"):
        budget.order_payment(made.request, number="SPM-1", effective_on=DAY, by=officer)


def test_no_officer_asks_orders_or_records_a_list_that_pays_that_officer(payable):
    committed(payable)
    made = make.payment_list(payable)

    def refused(post, step):
        """A step is refused while the officer bears a payee's name."""
        officer = hand(payable, post)
        name = officer.name
        officer.name = f"Drs. {made.entries.first().participant.person}, M.M."
        officer.save()
        with pytest.raises(Refusal, match="bears your own name"):
            step()
        officer.name = name
        officer.save()

    refused(Post.COMMITMENT_OFFICER, lambda: requested(made))
    requested(made)
    made.refresh_from_db()
    refused(Post.ORDER_OFFICER, lambda: ordered(made))
    order = ordered(made)
    refused(Post.TREASURER, lambda: paid_order(payable, order))
    paid_order(payable, order)
    assert state(made) == "paid"


def test_an_officer_is_known_by_nik_on_a_list_that_writes_another_name(payable):
    committed(payable)
    made = make.payment_list(payable)
    listed = made.entries.first().participant.person
    steps = {
        Post.COMMITMENT_OFFICER: lambda: requested(made),
        Post.ORDER_OFFICER: lambda: ordered(made),
        Post.TREASURER: lambda: paid_order(payable, Posting.objects.get(document_kind="spm")),
    }
    for post, step in steps.items():
        held = Appointment.objects.filter(person=hand(payable, post))
        held.update(nik=listed.nik)
        with pytest.raises(Refusal, match="your own NIK"):
            step()
        held.update(nik=None)
        step()
        made.refresh_from_db()
    assert state(made) == "paid"


def test_nobody_is_paid_twice_for_one_class(payable):
    activity = payable
    made = make.payment_list(activity)
    with pytest.raises(Refusal, match="Nobody can be paid by this row yet: Peserta 1"):
        make.payment_list(activity)
    entry = made.entries.first()
    with pytest.raises(DatabaseError, match="is paid already by row"), transaction.atomic():
        PaymentEntry.objects.create(
            list=made, row=made.row, participant=entry.participant, province=entry.province,
            position=99, days=entry.days, rate=1, times=1, gross=1, tax=0,
        )  # fmt: skip


def test_what_nobody_knows_blocks_until_somebody_else_waives_it(payable):
    activity = payable
    make.listed("deceased", [make.nik(2)])
    make.checked(activity, "payment")
    made = make.payment_list(activity)
    assert made.people == 4
    named = owed(activity, made.row, rows_of(activity)[0][1])[1]
    assert [str(one) for one in named.reasons] == ["alive: is said to have died"]


def test_without_fresh_checks_no_list_is_made(payable):
    activity = payable
    with pytest.raises(Refusal, match="were checked on 22 Jun 2020"):
        make.payment_list(activity, today=date(2020, 7, 30))
    other = make.funded(title="Lain")
    with pytest.raises(Refusal, match="Run the checks before payment first"):
        make.payment_list(other)


def test_a_list_is_made_only_by_a_row_that_pays_participants(payable):
    activity = payable
    material = activity.proposal.decision.rows.get(account="521211")
    asked = {"number": "DN", "by": cast.provincial_officer(), "today": make.LAST}
    with pytest.raises(Refusal, match="pays no participants"):
        payments.make_list(activity, material, **asked)


def test_a_commitment_takes_no_more_than_is_promised_on_its_line(payable):
    activity = payable
    with pytest.raises(Refusal, match="still holds Rp1,100,000 for this proposal, not Rp1,100,001"):
        committed(activity, 1_100_001)
    other = make.funded(title="Lain")
    with pytest.raises(Refusal, match="still holds Rp0"):
        payments.commit(
            activity, {line_of(other).pk: 1}, number="1", effective_on=DAY, party="CV", reason="",
            by=hand(activity, Post.COMMITMENT_OFFICER),
        )  # fmt: skip


def test_a_withdrawn_list_frees_its_people_and_a_requested_one_is_not_withdrawn(payable):
    activity = payable
    committed(activity)
    first = make.payment_list(activity)
    by = cast.provincial_officer()
    withdrawn = payments.withdraw_list(first, reason="salah nomor", by=by, today=DAY)
    assert state(withdrawn) == "withdrawn"
    with pytest.raises(Refusal, match="was withdrawn on 26 Jun 2020"):
        payments.withdraw_list(first, reason="lagi", by=by, today=DAY)
    second = make.payment_list(activity)
    before = source(second)
    requested(second)
    with pytest.raises(Refusal, match="Reverse it in the ledger first"):
        payments.withdraw_list(second, reason="x", by=by, today=DAY)
    with pytest.raises(Refusal, match="requested already: SPP SPP-1"):
        requested(second, "SPP-2", source=before)
    second.refresh_from_db()
    ledger.reversed_by(second.request, effective_on=DAY)
    assert state(second) == "taken_back"
    requested(second, "SPP-3")
    assert state(second) == "requested"


def test_a_request_stands_neither_before_its_list_nor_under_a_number_of_another(payable):
    activity = payable
    committed(activity)
    made = make.payment_list(activity)
    with pytest.raises(Refusal, match="would stand before its list"):
        requested(made, effective_on=date(2020, 6, 24))


def test_what_a_list_says_is_never_changed(payable):
    made = make.payment_list(payable)
    with pytest.raises(DatabaseError, match="is fixed"), transaction.atomic():
        PaymentList.objects.filter(pk=made.pk).update(gross=1)
    with pytest.raises(DatabaseError, match="is fixed"), transaction.atomic():
        made.entries.update(rate=1, gross=2)


def test_strangers_auditors_and_regencies_pay_nobody(payable):
    activity = payable
    row = rows_of(activity)[0][0]
    people = cast.provincial_officer("Bali"), cast.auditor(), cast.regency_officer()
    for person in people:
        with pytest.raises(PermissionDenied):
            payments.make_list(activity, row, number="DN", by=person, today=make.LAST)


def test_an_activity_without_its_money_says_what_to_do():
    cohort = make.cohort()
    with pytest.raises(Refusal, match="Name the proposal that funds it and the unit"):
        committed_without(cohort.activity)


def committed_without(activity):
    payments.commit(activity, {1: 1}, number="1", effective_on=DAY, party="CV", reason="",
                    by=cast.provincial_officer())  # fmt: skip


def test_a_province_sees_its_lists_and_no_other_does(payable):
    made = make.payment_list(payable)
    for person, sees in ((cast.provincial_officer(), 1), (cast.provincial_officer("Bali"), 0),
                         (cast.regency_officer(), 0), (cast.auditor(), 1)):  # fmt: skip
        assert PaymentList.objects.visible_to(person).filter(pk=made.pk).count() == sees
        with speaking_for(person):
            assert PaymentList.objects.filter(pk=made.pk).count() == sees
            assert bool(PaymentEntry.objects.filter(list=made.pk).count()) == bool(sees)
    assert Person.objects.exists()


def test_goods_name_a_payment_of_their_proposal_and_no_more_than_it_paid(payable):
    activity = payable
    sp2d, item = bought_material(activity), make.item(activity)
    make.bought(item, 100, 1_500_000, payment="2006K")
    assert item.moves.get().paid_by == sp2d
    with pytest.raises(Refusal, match="paid Rp500,000 that no other goods name, not Rp500,001"):
        make.bought(item, 1, 500_001, payment="2006K")
    make.bought(item, 1, 500_000, payment="2006 K")
    with pytest.raises(Refusal, match="SP2D 77 is not among the payments of the proposal"):
        make.bought(item, 1, 1, payment="77")
    assert list(differences()) == []


def test_the_sp2d_of_a_list_of_people_buys_no_goods(payable):
    committed(payable)
    made = make.payment_list(payable)
    requested(made)
    sp2d = paid(made)
    item = make.item(payable)
    with pytest.raises(Refusal, match=f"paid nominative list {made.number}, no goods"):
        make.bought(item, 100, 1_000, payment=sp2d.document_number)
    assert not item.moves.exists()


def test_pulih_check_finds_a_list_that_was_tampered_with_and_what_was_paid_too_much(payable):
    activity = payable
    committed(activity)
    made = make.payment_list(activity)
    requested(made)
    paid(made)
    assert list(differences()) == []
    corrected(activity, 4)
    assert list(differences()) == [f"payment list {made.pk}: paid 1100000, owed 990000"]
    sp2d = Posting.objects.get(document_kind="sp2d")
    ledger.returned(sp2d, amounts={line_of(activity).pk: 110_000}, effective_on=DAY)
    assert list(differences()) == []
    PaymentList.objects.create(
        activity=activity, province=made.province, row=made.row, number="DN-palsu", basis="day",
        rate=1, made_on=DAY, by=made.by, digest="0" * 64, people=1, gross=1, tax=0,
    )  # fmt: skip
    assert "whose digest" in next(differences())
