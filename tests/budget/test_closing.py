"""A budget year closes by a calendar that is data: kind by kind, office by office."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.budget.models import DocumentKind
from pulih.budget.rules import closing
from pulih.budget.rules.offices import Office
from pulih.classifications.holidays import is_working_day
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.revisions import actions
from tests.make import budget as make
from tests.make import ledger
from tests.make import revisions as make_revisions
from tests.people import cast

years = st.integers(2006, 2099)
acts = st.sampled_from(sorted({one.act for one in closing.last_days()}))


@given(acts, years, st.integers(0, 364))
def test_what_is_allowed_on_a_day_is_allowed_before_it_and_ends_on_a_working_day(act, year, at):
    row = closing.last_day(act, year)
    last = row.of_year(year)
    assert is_working_day(last) or row.is_exact
    assert timedelta(0) <= date(year, row.month, row.day) - last < timedelta(days=12)
    day = date(year, 1, 1) + timedelta(days=at)
    assert (closing.closed(act, year, day) is None) == (day <= last)


def test_every_row_is_of_a_known_act_and_says_what_is_still_allowed():
    known = {*DocumentKind.values, *(f"revision:{one.name}" for one in Office)}
    for one in closing.last_days():
        assert one.act in known
        assert one.allowed_id
        assert one.allowed_en
        assert one.source
    assert {f"revision:{one.name}" for one in Office} <= {one.act for one in closing.last_days()}
    assert closing.last_day("revision:KPA", 2023).verified
    assert closing.last_day("sp2d", 2020) is None


def test_the_kpa_revises_until_27_december_on_whatever_day_of_the_week_it_falls():
    """PMK 62 of 2023 names the day itself; it was a Sunday in 2020 and a Saturday in 2025."""
    for year in (2020, 2024, 2025):
        assert closing.closed("revision:KPA", year, date(year, 12, 27)) is None
        assert closing.closed("revision:KPA", year, date(year, 12, 28)) is not None


@pytest.mark.django_db
def test_a_document_by_hand_is_dated_until_its_last_day_and_a_list_tells_what_happened():
    line = make.line(ceiling=1_000)
    ppk = ledger.officer(line, "ppk")
    with speaking_for(ppk):
        ledger.asked(line, 5, method="UP", by=ppk, effective_on=date(2020, 12, 21))
        with pytest.raises(Refusal, match="21 Dec 2020") as refused:
            ledger.asked(line, 5, method="UP", by=ppk, effective_on=date(2020, 12, 22))
    assert "SP2D" in refused.value.message.id
    ledger.asked(line, 5, method="UP", effective_on=date(2020, 12, 30))  # Pulih itself.


@pytest.mark.django_db
def test_a_revision_takes_effect_until_the_last_day_of_its_office():
    first, second = make_revisions.two_lines()
    revision = make_revisions.approved(
        make_revisions.draft(
            make_revisions.DraftLine(600, first.pk), make_revisions.DraftLine(900, second.pk)
        ),
        office="DJA",
    )
    planner = cast.planner()
    force = actions.put_in_force
    with speaking_for(planner), pytest.raises(Refusal, match="30 Nov 2020"):
        force(revision, effective_on=date(2020, 12, 1), by=planner)
    with speaking_for(planner):
        assert force(revision, effective_on=date(2020, 11, 30), by=planner).is_new


@pytest.mark.django_db
def test_the_page_tells_every_last_day_with_what_is_allowed_after(client):
    client.force_login(cast.planner())
    page = client.get("/budget/closing/?year=2020&per=2020-12-22").content.decode()
    for act in {one.act for one in closing.last_days()}:
        row = closing.last_day(act, 2020)
        assert closing.named(act).id in page
        assert row.allowed_id in page
    assert "belum dikonfirmasi" in page
    assert "2099" in client.get("/budget/closing/?year=2099").content.decode()
    assert client.get("/budget/closing/?year=x&per=2020-12-22").context["year"] == 2020
