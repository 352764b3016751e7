"""What a scenario records was learned when it plays; nobody else turns the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from pulih.budget import actions
from pulih.budget.clock import playing_at
from pulih.budget.models import Entry, Posting
from pulih.people.scope import speaking_for
from tests.make import budget as make
from tests.people import cast

pytestmark = pytest.mark.django_db
THEN = datetime(2020, 6, 8, 3, 0, tzinfo=UTC)


def block(line, number="S-1", by=None):
    return actions.block(
        line,
        rupiah=100,
        number=number,
        effective_on=date(2020, 6, 1),
        reason="Hemat",
        office="DJA",
        by=by or make.system(),
    )


def test_what_a_scenario_records_was_learned_then():
    line = make.line(ceiling=1_000)
    with playing_at(THEN):
        block(line)
    posting = Posting.objects.get(document_number="S-1")
    assert posting.recorded_at == THEN
    assert posting.entries.get().recorded_at == THEN


def test_the_two_days_are_asked_apart():
    line = make.line()
    with playing_at(datetime(2020, 1, 2, tzinfo=UTC)):
        actions.post(
            kind="dipa",
            number="DIPA",
            unit=line.unit,
            fiscal_year=2020,
            effective_on=date(2019, 11, 12),
            movements=[actions.Movement(line.pk, "ceiling", 1_000)],
            by=make.system(),
        )
    with playing_at(THEN):
        block(line)

    def blocked(day, known):
        return Entry.objects.amounts_by("line_id", day, known)[line.pk].blocked

    assert blocked(date(2020, 6, 1), date(2020, 6, 7)) == 0
    assert blocked(date(2020, 6, 1), date(2020, 6, 8)) == 100
    assert blocked(date(2020, 5, 31), date(2020, 6, 8)) == 0
    assert blocked(date(2020, 6, 1), None) == 100


def test_the_clock_stops_when_the_scenario_does_and_never_runs_ahead():
    line = make.line(ceiling=1_000)
    with playing_at(timezone.now() + timedelta(days=3)):
        block(line)
    block(line, "S-2")
    for posting in Posting.objects.filter(document_kind="block"):
        assert timezone.now() - posting.recorded_at < timedelta(minutes=5)
        assert posting.recorded_at <= timezone.now()


def test_an_officer_cannot_turn_the_clock():
    line = make.line(ceiling=1_000)
    officer = cast.planner()
    with speaking_for(officer), playing_at(THEN):
        block(line, by=officer)
    assert Posting.objects.get(document_number="S-1").recorded_at > THEN + timedelta(days=365)
