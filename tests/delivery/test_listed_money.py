"""Money approved for people is requested by their lists, and by no other document."""

import pytest

from pulih.budget import actions as budget
from pulih.budget.models import Post
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from tests.delivery import paying
from tests.make import delivery as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ROOM = ("Sewa ruang", "521219", "2 keg", 400_000)


def request(activity, rupiah, number, commitment=None, **more):
    officer = paying.hand(activity, Post.COMMITMENT_OFFICER)
    line = paying.line_of(activity)
    with speaking_for(officer):
        return budget.request_payment(
            line.unit, {line.pk: rupiah}, number=number, fiscal_year=2020, by=officer,
            effective_on=paying.DAY, method="LS" if commitment else "GUP", party="Koperasi Maju",
            commitment=commitment, **more,
        )  # fmt: skip


def test_what_is_approved_for_people_alone_is_not_requested_past_their_lists():
    activity = make.payable(5)
    contract = paying.committed(activity)
    for commitment, more in ((contract, {}), (None, {"promise": contract.promise})):
        with pytest.raises(Refusal, match=r"Rp1,100,000 of account 521219 .*Rp0 is left for any"):
            request(activity, 1, "SPP-X", commitment, **more)
    made = make.payment_list(activity)
    paying.requested(made)
    made.refresh_from_db()
    assert made.request.entries.get().rupiah == 1_100_000


def test_an_account_pays_others_as_much_as_is_approved_for_them():
    activity = make.payable(5, surveyed=[ROOM])
    contract = paying.committed(activity, 1_900_000)
    first = request(activity, 600_000, "SPP-1", contract)
    assert first.is_new
    with pytest.raises(Refusal, match=r"Rp200,000 is left for anything else"):
        request(activity, 200_001, "SPP-2", contract)
    request(activity, 200_000, "SPP-2", contract)
    made = make.payment_list(activity)
    paying.requested(made, "SPP-3")
    made.refresh_from_db()
    assert made.request.document_number == "SPP-3"


def test_other_money_and_other_rooms_are_asked_nothing():
    activity = make.payable(5)
    assert paying.bought_material(activity).promise_id
