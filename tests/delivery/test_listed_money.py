"""Money approved for people is requested by their lists, and by no other document."""

import pytest

from pulih.budget import actions as budget
from pulih.budget.models import Post, Posting
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from tests.delivery import paying
from tests.make import delivery as make
from tests.make import inbox as make_inbox
from tests.make import ledger
from tests.once import made_once
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ROOM = ("Sewa ruang", "521219", "2 keg", 400_000)


@made_once
def activity():
    return make.payable(5)


@made_once
def with_room():
    return make.payable(5, surveyed=[ROOM])


def request(activity, rupiah, number, commitment=None, **more):
    officer = paying.hand(activity, Post.COMMITMENT_OFFICER)
    line = paying.line_of(activity)
    with speaking_for(officer):
        return budget.request_payment(
            line.unit, {line.pk: rupiah}, number=number, fiscal_year=2020, by=officer,
            effective_on=paying.DAY, method="LS" if commitment else "GUP", party="Koperasi Maju",
            commitment=commitment, **more,
        )  # fmt: skip


def test_what_is_approved_for_people_alone_is_not_requested_past_their_lists(activity):
    contract = paying.committed(activity)
    for commitment, more in ((contract, {}), (None, {"promise": contract.promise})):
        with pytest.raises(Refusal, match=r"Rp1,100,000 of account 521219 .*Rp0 is left for any"):
            request(activity, 1, "SPP-X", commitment, **more)
    made = make.payment_list(activity)
    paying.requested(made)
    made.refresh_from_db()
    assert made.request.entries.get().rupiah == 1_100_000


def pay(activity, rupiah, commitment=None, number="200697", **more):
    treasurer, line = paying.hand(activity, Post.TREASURER), paying.line_of(activity)
    with speaking_for(treasurer):
        return budget.pay(
            line.unit, {line.pk: rupiah}, number=number, fiscal_year=2020, by=treasurer,
            effective_on=paying.DAY, refers_to=commitment, party="Koperasi Maju", **more,
        )  # fmt: skip


def test_nor_is_it_paid_past_them_of_a_contract_or_out_of_the_imprest(activity):
    contract = paying.committed(activity, 600_000)
    for commitment, more in ((contract, {}), (None, {"promise": contract.promise})):
        with pytest.raises(Refusal, match=r"Rp1,100,000 of account 521219 .*Rp0 is left for any"):
            pay(activity, 1, commitment, **more)
    assert not Posting.objects.filter(document_kind="sp2d").exists()


def test_what_the_treasury_reports_as_paid_is_taken_in_and_named(client, activity):
    contract = paying.committed(activity)
    line = paying.line_of(activity)
    treasurer = paying.hand(activity, Post.TREASURER)
    listed = make_inbox.sp2d_list(line.unit.code, line.line_key, by=treasurer, office=line.province)
    pay(activity, 700_000, contract, batch=listed)
    client.force_login(cast.provincial_officer())
    page = client.get(f"/delivery/{activity.pk}/money/").content.decode()
    assert "Rp700.000 dari akun 521219 dibayar di luar daftar nominatif." in page
    assert "SP2D 200697" in page


def test_other_money_and_other_rooms_are_asked_nothing(activity):
    assert paying.bought_material(activity).promise_id


def test_what_is_paid_unasked_to_others_is_not_asked_once_more(with_room):
    contract = paying.committed(with_room, 1_900_000)
    paid = Posting.objects.get(pk=pay(with_room, 500_000, contract).posting_id)
    with pytest.raises(Refusal, match=r"Rp300,000 is left for anything else"):
        request(with_room, 300_001, "SPP-1", contract)
    ledger.returned(paid, amounts={paying.line_of(with_room).pk: 100_000}, number="SSBP-1",
                    effective_on=paying.DAY)  # fmt: skip
    request(with_room, 400_000, "SPP-1", contract)
    with pytest.raises(Refusal, match=r"Rp0 is left for anything else"):
        pay(with_room, 1, contract, number="200698")


def test_an_account_pays_others_as_much_as_is_approved_for_them(with_room):
    contract = paying.committed(with_room, 1_900_000)
    first = request(with_room, 600_000, "SPP-1", contract)
    assert first.is_new
    with pytest.raises(Refusal, match=r"Rp200,000 is left for anything else"):
        request(with_room, 200_001, "SPP-2", contract)
    request(with_room, 200_000, "SPP-2", contract)
    made = make.payment_list(with_room)
    paying.requested(made, "SPP-3")
    made.refresh_from_db()
    assert made.request.document_number == "SPP-3"
