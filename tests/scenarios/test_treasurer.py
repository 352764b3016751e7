"""Three officers of Jawa Barat leave a request in each state, a late tax and filed months."""

from datetime import date, datetime

import pytest

from pulih.common.periods import WIB
from pulih.people.models import User
from pulih.scenarios.covid_2020 import money, pok, treasurer
from pulih.scenarios.covid_2020.people import CAST, add_people
from pulih.treasury import reconcile
from pulih.treasury.models import FiledMonth, Submission
from pulih.treasury.reads import taxes
from pulih.treasury.reads.books import books_of
from pulih.workflow.clock import playing_at
from tests.make import budget as make
from tests.make import ledger

pytestmark = pytest.mark.django_db


def test_each_state_has_a_request_and_the_books_are_filed_until_april():
    add_people({character.username: "x" for character in CAST})
    line = make.line(make.unit("Jawa Barat", pok.unit_code("32")), ceiling=100_000_000)
    money.appoint(line.unit, "32", 2020, by=make.system())
    ledger.contract(line, 20_000_000, effective_on=date(2020, 3, 2), party="UD Maju (peragaan)")
    with playing_at(datetime(2020, 6, 15, 9, tzinfo=WIB)):
        for _twice in range(2):
            treasurer.act()
        late = taxes.late_for(User.objects.get(username="jabar_bendahara"))
        assert {one.tax for one in late} == {"pph22", "ppn"}
    states = Submission.objects.with_state().order_by("pk").values_list("state", flat=True)
    assert sorted(states) == ["examined", "ordered", "ordered", "paid", "returned", "withdrawn"]
    assert FiledMonth.objects.count() == treasurer.LAST_FILED
    assert all(one.sums["bank"].closing >= 0 for one in books_of(line.unit, 2020))
    assert list(reconcile.differences()) == []
