"""What changed after a list was made is asked again at each step, or claimed back."""

from datetime import timedelta

import pytest

from pulih.budget.models import DocumentKind, Posting
from pulih.common.errors import Refusal
from pulih.delivery.reads.payments import claims
from tests.delivery.paying import DAY, committed, corrected, ordered, paid, paid_order, requested
from tests.make import delivery as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_who_was_marked_absent_after_the_list_is_not_requested(payable):
    activity = payable
    committed(activity)
    made = make.payment_list(activity)
    corrected(activity, 4)
    with pytest.raises(Refusal, match="something changed for Peserta 4"):
        requested(made)


def test_who_was_marked_absent_after_the_request_is_neither_ordered_nor_paid(payable):
    activity = payable
    given = make.payment_list(activity)
    committed(activity)
    requested(given)
    given.refresh_from_db()
    order = ordered(given)
    corrected(activity, 4)
    with pytest.raises(Refusal, match="something changed for Peserta 4"):
        ordered(given, "SPM-2")
    with pytest.raises(Refusal, match="something changed for Peserta 4"):
        paid_order(activity, order)
    assert not Posting.objects.filter(document_kind=DocumentKind.PAYMENT).exists()


def test_checks_that_grew_old_are_asked_again_before_the_order(payable):
    activity = payable
    given = make.payment_list(activity)
    committed(activity)
    requested(given)
    given.refresh_from_db()
    with pytest.raises(Refusal, match="Check them again"):
        ordered(given, day=DAY + timedelta(400))


def test_a_correction_after_the_payment_makes_a_claim_to_return(payable):
    activity = payable
    committed(activity)
    made = make.payment_list(activity)
    requested(made)
    paid(made)
    assert claims(made) == []
    corrected(activity, 4)
    (claim,) = claims(made)
    assert (claim.name, claim.rupiah) == ("Peserta 4", 110_000)
    assert list(claim.days) == [make.FIRST]
