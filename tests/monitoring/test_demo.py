"""The scenario's first quarter is reported through the same actions as an office's."""

from datetime import date

import pytest

from pulih.budget.models import Appointment
from pulih.monitoring import actions
from pulih.monitoring.models import ActivityTarget, Filing
from pulih.scenarios.covid_2020 import pok
from pulih.scenarios.covid_2020.reports import report_first_quarter
from pulih.scenarios.covid_2020.shares import province_shares
from tests.make import budget
from tests.people import cast

pytestmark = pytest.mark.django_db


def unit_of(share):
    unit = budget.unit(share.place.name, pok.unit_code(share.code))
    for line in pok.lines_of(share, 2020):
        amounts = {name: getattr(line, name) for name in ("blocked", "committed", "realised")}
        budget.line(unit, line.key, ceiling=line.ceiling, **amounts)
    for post in ("kpa", "ppk"):
        Appointment.objects.create(
            unit=unit, province=unit.province, post=post, decree="SK", valid_from=date(2020, 1, 2),
            person=cast.person("provincial_officer", unit.province, f"{post}.{share.code}"),
        )  # fmt: skip
    return unit


def test_most_units_file_and_the_silent_ones_only_plan():
    shares = {share.place.name: share for share in province_shares(2_000, 2020)}
    told = []
    bali, papua = unit_of(shares["Bali"]), unit_of(shares["Papua"])
    for _twice in range(2):
        report_first_quarter(
            2020, lambda done, total: told.append((done, total)), by=cast.planner()
        )
    (filing,) = Filing.objects.all()
    assert filing.unit == bali
    assert actions.still_reproduces(filing) == []
    assert ActivityTarget.objects.filter(unit=papua).count() == 5
    assert told[-1] == (2, 2)
