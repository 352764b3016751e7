"""How many helped firms produce again: counted of those alone, never 0 where nobody said it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pulih.market.actions.production import state_production
from pulih.portal.areas import areas_on
from pulih.portal.datasets import Moment, help_given
from tests.make import delivery, impact
from tests.people import cast

pytestmark = pytest.mark.django_db


def producing(day):
    at = Moment(day, timezone.now() + timedelta(minutes=1), areas_on(day))
    return {
        row.area: row.value
        for row in help_given.collect(at)
        if row.measure == "producing_again" and row.marker != "[x]"
    }


def test_helped_firms_alone_count_from_the_day_on():
    helped, known = (impact.enterprise(f"Konveksi {n}", "Kab. Indramayu") for n in (1, 2))
    activity = delivery.activity()
    (seat,) = delivery.seated(delivery.cohort(of=activity), 1)
    seat.person.enterprise = helped
    seat.person.save()
    day = max(timezone.localdate(), activity.starts_on)
    assert producing(day) == {}
    for firm in (helped, known):
        state_production(
            firm, is_producing=True, since=day, note="Kunjungan", today=day,
            now=timezone.now(), by=cast.planner(),
        )  # fmt: skip
    assert producing(day) == {"ID": 1, "32": 1, "3212": 1}
    assert producing(day - timedelta(1)) == {}
