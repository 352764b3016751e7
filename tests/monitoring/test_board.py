"""The deadline board and its strip, seen by each person on a day."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from pulih.budget.models import Appointment
from pulih.monitoring import actions
from pulih.monitoring.board import board, strip
from pulih.monitoring.clock import shown_moment
from pulih.references.models import Holiday
from tests.make import budget
from tests.make import monitoring as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAYS_LATE = 43
JUNE = datetime(2020, 6, 15, 5, tzinfo=UTC)


@made_once
def units():
    found = [budget.unit(), budget.unit("Papua", "259999")]
    for unit in found:
        budget.line(unit, ceiling=1_000_000_000)
    central = budget.unit(budget.Area.objects.get(pk=1), "019000", authority="KP")
    budget.line(central, ceiling=1_000_000_000)
    return [*found, central]


def shown(person, quarter=1, moment=JUNE):
    return {
        (duty.unit.code if duty.unit else duty.province.name, duty.chain.form): duty
        for duty in board(person, 2020, quarter, moment)
    }


def test_a_planner_sees_every_duty_and_an_office_its_own(units):
    planner, papua = shown(cast.planner()), shown(cast.provincial_officer("Papua"))
    assert set(planner) == {
        ("029999", "C"), ("259999", "C"), ("Jawa Barat", "consolidation"),
        ("Papua", "consolidation"), ("019000", "A"), ("019000", "B"), ("019000", "C"),
    }  # fmt: skip
    assert set(papua) == {("259999", "C"), ("Papua", "consolidation")}
    assert papua["259999", "C"].zone == "WIT"
    assert shown(cast.regency_officer()) == {}


def test_what_is_late_says_by_how_much_and_what_it_risks(units):
    duty = shown(cast.planner())["029999", "C"]
    assert (duty.due, duty.status.state) == (date(2020, 4, 7), "overdue")
    assert duty.status.days == DAYS_LATE
    assert "pasal 75" in duty.risk.message.id
    assert "ditunda" in duty.risk.short.id
    assert shown(cast.planner())["019000", "C"].risk is None


def test_the_clock_of_each_office_decides_whether_it_is_late(units):
    moment = datetime(2020, 4, 7, 15, 30, tzinfo=UTC)  # 22:30 WIB, and 00:30 WIT of the next day.
    found = shown(cast.planner(), moment=moment)
    assert found["029999", "C"].status.state == "today"
    assert found["259999", "C"].status.state == "overdue"
    earlier = shown(cast.planner(), moment=datetime(2020, 4, 7, 14, 30, tzinfo=UTC))
    assert earlier["259999", "C"].status.state == "today"  # 23:30 WIT.


def test_the_first_version_decides_whether_it_came_in_time():
    unit = make.ready()
    by = cast.provincial_officer()
    actions.file(unit, 2020, 1, "C", by=by, now=make.IN_TIME)
    duty = shown(by)["029999", "C"]
    assert (duty.status.state, duty.filing.version) == ("on_time", 1)
    before = shown(by, moment=datetime(2020, 4, 6, 16, 30, tzinfo=UTC))["029999", "C"]
    assert before.filing is None  # Still the sixth in Jakarta.
    assert duty.who.startswith("Ratna Wulandari")


def test_who_is_appointed_answers_until_a_signatory_is_named(units):
    by, (unit, *_rest) = cast.provincial_officer(), units
    Appointment.objects.create(
        unit=unit, province=unit.province, person=by, post="kpa", decree="SK 1",
        valid_from=date(2020, 1, 2),
    )  # fmt: skip
    assert shown(by)["029999", "C"].who == str(by)
    make.signatories(unit)
    assert shown(by)["029999", "C"].who.startswith("Ratna Wulandari")


def test_each_report_of_the_head_office_is_answered_for_by_its_own(units):
    make.signatories(units[-1])
    found = shown(cast.planner())
    assert found["019000", "A"].who.startswith("Bagus Santika")  # The PPK owns the activity.
    assert (found["019000", "B"].who, found["019000", "C"].who) == ("", "")
    assert found["019000", "C"].chain.who.en == "The minister"


def test_who_will_hold_a_post_later_does_not_answer_yet(units):
    make.signatories(units[0])
    actions.name_signatory(
        units[0], **make.KPA | {"name": "Sari Andini"}, valid_from=date(2020, 8, 1),
        by=cast.planner(),
    )  # fmt: skip
    assert shown(cast.planner())["029999", "C"].who.startswith("Ratna Wulandari")


def test_a_holiday_moves_the_deadline_and_a_year_not_listed_is_not_sure(units):
    planner = cast.planner()
    assert shown(planner, 2)["029999", "C"].due == date(2020, 7, 7)
    Holiday.objects.create(
        day=date(2020, 7, 3),
        name_indonesian="Libur",
        name_en="Holiday",
        kind="national",
        source="uji",
    )
    assert shown(planner, 2)["029999", "C"].due == date(2020, 7, 8)
    assert shown(planner, 2)["029999", "C"].is_sure
    assert not shown(planner, 4)["029999", "C"].is_sure


def test_the_strip_counts_down_to_what_is_next(units):
    items = {
        (item.chain.code, item.quarter): item
        for item in strip(cast.provincial_officer("Papua"), JUNE)
    }
    assert items["dk_c", 2].status.days == 16
    assert items["dk_consolidation", 2].status.days == 25
    assert items["dk_c", 1].status.state == "overdue"
    assert (items["dk_c", 2].total, items["dk_c", 2].filed) == (1, 0)


@pytest.mark.parametrize(
    ("person", "words"),
    [(cast.planner, "/monitoring/?year=2020"), (cast.administrator, "")],
)
def test_other_rooms_draw_the_strip_with_one_tag(units, person, words):
    request = RequestFactory().get("/", {"per": "2020-06-15"})
    request.user = person()
    deadlines = strip(request.user, shown_moment(request))
    page = Template("{% load monitoring %}{% deadline_strip deadlines %}")
    given = {"request": request, "LANGUAGE_CODE": "id", "deadlines": deadlines}
    drawn = page.render(Context(given)).strip()
    assert drawn.count("<a ") == (4 if words else 0)
    assert words in drawn
