"""The lists that two offices of the scenario send: they differ from the ledger where it is said."""

import pytest

from pulih.areas.models import Area
from pulih.budget.models import SpendingUnit
from pulih.inbox import actions as inbox
from pulih.inbox.models import State
from pulih.people.models import User
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.scenarios.covid_2020 import money, pok, treasury
from pulih.scenarios.covid_2020.people import CAST, add_people
from pulih.scenarios.covid_2020.shares import province_shares
from pulih.treasury.models import Difference, ImprestRow
from tests.make import areas
from tests.make import budget as make

pytestmark = pytest.mark.django_db
SEED = 2020


@pytest.fixture
def office():
    """One province's unit, lived through to June."""
    add_people({character.username: "x" for character in CAST})
    share = next(one for one in province_shares(2_000, SEED) if one.code == "63")
    lines = pok.lines_of(share, SEED)
    unit = make.unit(areas.province("Kalimantan Selatan"), pok.unit_code("63"))
    for line in lines:
        make.line(unit, line.key, ceiling=line.ceiling)
    money._live(money.Year(unit.code, "63", lines), SEED, make.system())
    return unit


def test_a_list_differs_in_two_documents_and_the_imprest_is_told(office, tmp_path):
    with speaking_as_system():
        sent = list(treasury.write_lists(tmp_path, {"63": "kalsel"}))
    kalsel = User.objects.get(username="kalsel")
    with speaking_for(kalsel):
        for delivery, _sender in sent:
            with delivery.path.open("rb") as file:
                batch = inbox.deliver(
                    file, name=delivery.path.name, kind=delivery.kind,
                    office=Area.objects.get(pk=delivery.office_id), by=kalsel, as_of=delivery.as_of,
                )  # fmt: skip
            assert inbox.read(batch.pk).state == State.DONE
        kinds = sorted(Difference.objects.values_list("kind", flat=True))
    assert kinds == ["date", "missing_here"]
    assert Difference.objects.get(kind="missing_here").can_post
    assert ImprestRow.objects.filter(unit=office, imprest_kind="TUP").exists()
    assert SpendingUnit.objects.count() == 1
