"""How often which figures come out: due days, money by itself, and what a release carries over."""

from datetime import date, timedelta

import pytest
from django.db import Error, transaction
from hypothesis import given
from hypothesis import strategies as st

from pulih.inbox.models import ImportBatch
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.portal import actions, checking, rhythm, site
from pulih.portal.models import Cadence, Cell, Every, Release, Scope
from pulih.portal.reads import releases as reads
from tests.make import budget, impact
from tests.make import portal as make

NEXT_DAY = date(2020, 7, 2)
days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@given(st.sampled_from(Every.values), st.integers(1, 28), days)
def test_the_next_due_day_is_the_first_of_its_rhythm_after_the_day(every, day, after):
    due = rhythm.due_after(every, day, after)
    assert due > after
    if every == Every.DAY:
        assert due == after + timedelta(days=1)
        return
    assert due.day == day
    assert every != Every.QUARTER or due.month in (1, 4, 7, 10)
    between = (after + timedelta(days=n) for n in range(1, (due - after).days))
    steps = (1, 4, 7, 10) if every == Every.QUARTER else range(1, 13)
    assert not any(one.day == day and one.month in steps for one in between)


@pytest.fixture
def show(settings, tmp_path, django_capture_on_commit_callbacks):
    settings.PUBLIC_FOLDER = tmp_path

    def done(act=make.published, *arguments, **named):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*arguments, **named)

    return done


def firms(regency, number):
    batch = impact.batch()
    found = [impact.enterprise(f"Konveksi {at}", regency) for at in range(number)]
    impact.take(batch, impact.rows(found, batch, workers_hit=2))


def cells(release, **wanted):
    found = Cell.objects.filter(release=release, **wanted)
    return {cell.cell: (cell.value, cell.marker) for cell in found}


def publish_money(day=NEXT_DAY):
    with speaking_as_system() as system:
        return actions.publish_money(by=system, day=day)


@pytest.mark.django_db
def test_money_publishes_itself_the_day_after_it_changed_and_carries_the_rest(show):
    firms("Kab. Bandung", 8)
    budget.line(ceiling=1_000)
    first = show()
    assert show(publish_money) is None  # Nothing has changed.
    assert Release.objects.count() == 1
    budget.line(key="3038.001.051.B.521211", ceiling=5)
    firms("Kab. Bandung", 7)
    second = show(publish_money)
    assert (second.number, second.scope) == ("2020-07-02.1", "money")
    assert reads.newest() == second
    assert site.is_of(second.number, [])
    assert cells(second, measure="budget_ceiling", area="ID", dimension="all") == {
        "budget_ceiling|2020|ID|all|": (1_005, "")
    }
    assert cells(second, measure="affected_firms") == cells(first, measure="affected_firms")
    assert second.day_of("affected_firms", "province") == make.DAY
    assert second.day_of("budget_ceiling", "province") == date(2020, 7, 2)
    page = (site.current() / "site/figures/affected_firms/index.html").read_text()
    assert "per 15 Jun 2020" in page
    assert show(publish_money) is None  # Once a day.


@pytest.mark.django_db
def test_a_failed_check_holds_money_back_and_says_why(show, monkeypatch):
    budget.line(ceiling=1_000)
    first = show()
    budget.line(key="3038.001.051.B.521211", ceiling=5)
    monkeypatch.setattr(checking.budget, "differences", lambda: ["Baris 7 tidak cocok"])
    assert show(publish_money) is None
    held = Release.objects.latest("pk")
    assert reads.newest() == first
    assert "Baris 7 tidak cocok" in held.work.problem_id
    monkeypatch.undo()
    again = show(publish_money, NEXT_DAY + timedelta(days=1))
    assert reads.newest() == again
    assert reads.state_of_release(held) == "discarded"


@pytest.mark.django_db
def test_money_waits_for_a_first_release_and_for_files_that_are_read(show):
    budget.line(ceiling=1_000)
    assert show(publish_money) is None
    firms("Kab. Bandung", 8)
    show()
    budget.line(key="3038.001.051.B.521211", ceiling=5)
    ImportBatch.objects.update(state="received")
    assert show(publish_money) is None
    Cadence.objects.filter(scope=Scope.MONEY).delete()
    ImportBatch.objects.update(state="done")
    assert show(publish_money) is None
    assert Release.objects.count() == 1


@pytest.mark.django_db
def test_a_release_of_provinces_carries_the_regencies_of_the_one_before(show):
    firms("Kab. Bandung", 8)
    first = show()
    firms("Kab. Bandung", 7)
    by, other = make.steward(), make.steward("walidata_b")
    wanted = actions.NewRelease(date(2020, 7, 1), scope=Scope.PROVINCES)
    with speaking_for(by):
        release = actions.draft(wanted, by=by)
        actions.protect(release, by=by)
        actions.check(release, by=by)
    with speaking_for(other):
        show(actions.publish, release, by=other)
    whole = {"measure": "affected_firms", "dimension": "all"}
    assert cells(release, area="32", **whole) == {"affected_firms|2020|32|all|": (15, "")}
    assert cells(release, area="3204", **whole) == cells(first, area="3204", **whole)
    assert release.day_of("affected_firms", "regency") == make.DAY
    page = (site.current() / "site/places/32/index.html").read_text()
    assert "sekali satu triwulan" in page
    assert "per 15 Jun 2020" in page


@pytest.mark.django_db
def test_what_carries_a_withdrawn_release_goes_with_it(show):
    budget.line(ceiling=1_000)
    first = show()
    budget.line(key="3038.001.051.B.521211", ceiling=5)
    second = show(publish_money)
    show(actions.withdraw, first, reason="Satu sel terbuka", by=make.steward())
    assert second.withdrawal.reason == "Satu sel terbuka"
    assert reads.on_show() == []


@pytest.mark.django_db
def test_the_calendar_says_when_and_what_came_last(show):
    release = show()
    for home, words in (("", "setiap triwulan"), ("en", "every quarter")):
        page = (site.current() / "site" / home / "calendar/index.html").read_text()
        assert words in page
        assert page.count(release.number) > 3
    with pytest.raises(Error), transaction.atomic():
        Cadence.objects.filter(scope=Scope.REGENCIES).update(every=Every.DAY)


@pytest.mark.django_db
def test_a_steward_is_offered_regencies_when_they_are_due(show):
    assert rhythm.due_scope(make.DAY, []) == Scope.REGENCIES
    shown = [show()]
    assert rhythm.due_scope(date(2020, 7, 14), shown) == Scope.PROVINCES
    assert rhythm.due_scope(date(2020, 7, 15), shown) == Scope.REGENCIES
