"""The story tells which firms of those who were trained produce again, once and within its days."""

import pytest

from pulih.delivery.models import Person
from pulih.market.models import ProductionStatement
from pulih.people.models import User
from pulih.scenarios.covid_2020 import resumed
from tests.make import delivery, impact

pytestmark = pytest.mark.django_db


def test_firms_that_stood_still_and_were_helped_are_told_of_once():
    batch = impact.batch()
    firms = [impact.enterprise(f"Konveksi {n}") for n in range(8)]
    for number, firm in enumerate(firms):
        firm.nib = f"912000000{number:04d}" if number % 2 else None
        firm.save()
    impact.take(batch, impact.rows(firms, batch, status="TEMP_NOT_PRODUCING"))
    delivery.seated(delivery.cohort(8), 8)
    system = User.objects.get(username="pulih")
    resumed.tell(2020, by=system)
    told = list(ProductionStatement.objects.order_by("pk").values_list("enterprise", "since"))
    assert told
    owned = set(Person.objects.exclude(enterprise=None).values_list("enterprise", flat=True))
    assert {firm for firm, _since in told} <= owned <= {firm.pk for firm in firms}
    assert all(since <= resumed.TOLD_ON for _firm, since in told)
    resumed.tell(2020, by=system)
    assert ProductionStatement.objects.count() == len(told)
