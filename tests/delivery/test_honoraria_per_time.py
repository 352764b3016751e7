"""A row of the plan per time (kali) pays who taught by the session, as moderators are paid."""

import pytest

from pulih.common.errors import Refusal
from pulih.delivery.documents.honoraria import values
from pulih.delivery.reads.honoraria import offers_of
from pulih.delivery.reads.payments import claims
from tests.make import delivery as make
from tests.make import teaching as make_teaching

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
MODERATING = ("Honor moderator", "522151", "1 orang × 2 kali", 700_000)


def test_each_session_taught_is_one_time_until_it_is_corrected():
    activity = make.payable(2, more=[MODERATING])
    made, _putu, _helper = make_teaching.taught(activity)
    [offer] = offers_of(activity)
    assert (offer.pay.basis, offer.highest) == ("each", 700_000)
    first, second = made.cohort.sessions.order_by("day")
    make_teaching.teaching(made, [second])
    given = make_teaching.honoraria_list(activity, MODERATING[0], only=[made.pk])
    assert (given.gross, given.honoraria.get().times, given.is_of_teachers) == (1_400_000, 2, True)
    assert "Kali" in str(values(given)["tables"])
    with pytest.raises(Refusal, match="stands in another list already"):
        make_teaching.honoraria_list(activity, MODERATING[0], only=[made.pk])
    make_teaching.teaching(made, [first], hours=0, why="digantikan")
    assert [(one.rupiah, one.days) for one in claims(given)] == [(700_000, [first.day])]
