"""The catalogue: who may change it, and that what held before stays to be seen."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from pulih.common.errors import Refusal
from pulih.measures import actions
from pulih.measures.models import Measure, MeasureCost
from pulih.people.scope import speaking_for
from tests.make import areas
from tests.make import measures as make
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 7, 1)


def test_the_catalogue_is_there_from_the_start():
    assert Measure.objects.usable_on(DAY).count() == 16
    assert MeasureCost.objects.filter(area=None).count() == 16


def test_a_planner_changes_a_measure_and_its_history_keeps_the_old_one():
    planner = cast.planner()
    measure = Measure.objects.get(code="mask_training")
    with speaking_for(planner):
        actions.save(measure, by=planner, batch=25)
    event = measure.events.get()
    assert (event.batch, event.pgh_person) == (20, planner.pk)


@pytest.mark.parametrize("person", [cast.provincial_officer, cast.auditor, cast.regency_officer])
def test_others_change_nothing(person):
    by = person()
    with pytest.raises(PermissionDenied):
        actions.save(make.measure(), by=by, batch=25)


def test_a_new_cost_ends_the_one_before_it():
    planner, bali = cast.planner(), areas.province("Bali")
    measure = Measure.objects.get(code="mask_training")
    values = {"area": bali, "source": "survei", "verified": True, "by": planner}
    actions.set_cost(measure, unit_cost=2_000_000, valid_from=DAY, **values)
    old, new = measure.costs.filter(area=bali).order_by("valid_from")
    assert (old.valid_to, new.valid_to) == (DAY, None)
    with pytest.raises(Refusal):
        actions.set_cost(measure, unit_cost=1, valid_from=date(2020, 2, 1), **values)


def test_shares_that_do_not_make_a_hundred_are_refused():
    with pytest.raises(Refusal, match="they must make 100%"):
        actions.save(make.measure(), by=cast.planner(), account_shares={"521211": 90})
