"""Three officers of Jawa Barat leave a request in each state, a late tax and filed months."""

from datetime import datetime

import pytest

from pulih.common.periods import WIB
from pulih.people.models import User
from pulih.scenarios.covid_2020 import money, pok, treasurer
from pulih.scenarios.covid_2020.people import CAST, add_people
from pulih.scenarios.covid_2020.shares import province_shares
from pulih.treasury import reconcile
from pulih.treasury.models import FiledMonth, Submission
from pulih.treasury.reads import taxes
from pulih.treasury.reads.books import books_of
from pulih.workflow.clock import playing_at
from tests.make import areas
from tests.make import budget as make

pytestmark = pytest.mark.django_db
SEED = 2020


def test_each_state_has_a_request_and_the_books_are_filed_until_april():
    add_people({character.username: "x" for character in CAST})
    share = next(one for one in province_shares(2_000, SEED) if one.code == "32")
    lines = pok.lines_of(share, SEED)
    unit = make.unit(areas.province("Jawa Barat"), pok.unit_code("32"))
    for line in lines:
        make.line(unit, line.key, ceiling=line.ceiling)
    money._live(money.Year(unit.code, "32", lines), SEED, make.system())
    with playing_at(datetime(2020, 6, 15, 9, tzinfo=WIB)):
        for _twice in range(2):
            treasurer.act()
        late = taxes.late_for(User.objects.get(username="jabar_bendahara"))
        assert {one.tax for one in late} == {"pph22", "ppn"}
    states = Submission.objects.with_state().order_by("pk").values_list("state", flat=True)
    assert sorted(states) == ["examined", "ordered", "ordered", "paid", "returned", "withdrawn"]
    assert FiledMonth.objects.count() == treasurer.LAST_FILED
    assert all(one.sums["bank"].closing >= 0 for one in books_of(unit, 2020))
    assert list(reconcile.differences()) == []
