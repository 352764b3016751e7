"""The rows below a line as they stood: what replaced them later is taken back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pulih.budget.actions.details import details_of, replace_details
from pulih.budget.detail_history import details_on
from pulih.budget.models import LineDetail
from pulih.common.periods import WIB
from pulih.revisions import actions
from pulih.revisions.actions import DraftLine
from tests.make import revisions as make
from tests.people import cast

pytestmark = pytest.mark.django_db(transaction=True)  # Each change is a transaction of its own.
BEFORE, AFTER = date(2020, 6, 15), date(2020, 6, 30)


def row(text, rupiah):
    return {"text": text, "volume": 1, "unit": "paket", "unit_cost": rupiah, "rupiah": rupiah}


@pytest.fixture
def line():
    """Return a line whose rows a revision of 22 June replaced."""
    one, other = make.two_lines()
    LineDetail.objects.bulk_create(details_of(one, [row("Lama", 600), row("Tetap", 400)]))
    revision = make.draft(DraftLine(800, one.pk), DraftLine(700, other.pk))
    moved = revision.movements.get(line=one)
    actions.say_details(moved, [row("Baru", 800)], by=cast.provincial_officer())
    make.in_force(revision, date(2020, 6, 22))
    return one


def texts(line, *days):
    return [one.text for one in details_on([line], *days).get(line.pk, [])]


def test_rows_that_a_revision_replaced_stand_until_its_day(line):
    assert texts(line, BEFORE) == ["Lama", "Tetap"]
    assert texts(line, AFTER) == ["Baru"]
    assert texts(line) == ["Baru"]


def test_what_was_recorded_later_is_not_known_earlier(line):
    yesterday = timezone.now().astimezone(WIB).date() - timedelta(days=1)
    replace_details(line, [row("Terbaru", 800)])
    assert texts(line, AFTER) == ["Terbaru"]
    assert texts(line, AFTER, yesterday) == ["Lama", "Tetap"]


def test_rows_that_no_document_replaced_wait_for_none_that_came_soon_after(line):
    replace_details(line, [row("Terbaru", 800)])
    revision = make.draft(DraftLine(900, line.pk), DraftLine(600, other_of(line).pk))
    make.in_force(revision, date(2020, 6, 29))
    assert texts(line, date(2020, 6, 28)) == ["Terbaru"]


def other_of(line):
    return line.unit.lines.exclude(pk=line.pk).get()


def test_the_page_of_a_line_shows_the_rows_of_its_day(line, client):
    client.force_login(cast.planner(), "django.contrib.auth.backends.ModelBackend")
    address = reverse("budget:line", args=[line.pk])
    then, later = (
        client.get(address, {"per": str(day)}).content.decode() for day in (BEFORE, AFTER)
    )
    assert "Tetap" in then
    assert "Baru" not in then
    assert "Baru" in later
