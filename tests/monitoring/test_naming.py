"""What programmes, activities and outputs are called, of one unit and of many."""

import pytest

from pulih.budget.heading_names import names_by_unit, names_of
from pulih.monitoring.models import Heading
from tests.make import budget as make_budget
from tests.make import monitoring as make

pytestmark = pytest.mark.django_db
PROGRAMME = "019.08.07"


def named(unit, name):
    Heading.objects.create(
        unit=unit, province=unit.province, fiscal_year=2020, programme=PROGRAMME, name=name
    )
    return unit


def test_each_unit_has_the_names_that_its_office_typed_asked_at_once(django_assert_num_queries):
    units = [named(make_budget.unit(code=f"02999{n}"), f"Program {n}") for n in range(3)]
    target = make.target(units[0], code="001.001")
    with django_assert_num_queries(3):
        found = names_by_unit([unit.pk for unit in units], 2020)
    assert [found[unit.pk][PROGRAMME] for unit in units] == ["Program 0", "Program 1", "Program 2"]
    key = f"{target.activity}.{target.output}"
    assert (found[units[0].pk][key], key in found[units[1].pk]) == (target.name, False)
    assert names_of(units[0], 2020) == found[units[0].pk]
    assert PROGRAMME not in names_of(units[0], 2021)
