"""Needs as estimates, asked for on the page and worked out in the background."""

import pytest
from django.utils import translation

from pulih.planning import actions, jobs
from pulih.planning.models import Study, StudyKind
from pulih.planning.quick_answers import kept_case
from pulih.planning.rules.questions import questions_of
from pulih.planning.shown.estimates import estimate_finding, estimate_rows
from tests.people import cast
from tests.planning.asking import page, visitor

pytestmark = pytest.mark.django_db


def answered(scenario):
    planner = cast.planner()
    client = visitor(planner)
    assert client.post(page("ask-study", scenario.pk, "needs")).status_code == 303
    study = Study.objects.get(kind=StudyKind.NEEDS)
    jobs.think(study_id=study.pk, person_id=planner.pk)
    study.refresh_from_db()
    return client, study


def test_plans_for_other_needs_come_from_the_background_and_are_told_on_the_page(scenario):
    client, study = answered(scenario)
    assert (study.is_over, study.is_broken) == (True, False)
    rows = estimate_rows(study)
    assert [row.is_today for row in rows] == [True, False, False, False, False]
    today, best = rows[0], rows[-1]
    assert today.counted == pytest.approx(scenario.solution.worst_after)
    assert today.variant.plan is None
    assert best.least >= today.least
    assert all(row.regret >= -1e-12 and row.least <= row.mean for row in rows)
    with translation.override("en"):
        assert f"{today.regret_points:.2f}" in estimate_finding(study)
    told = client.get(page("think", scenario.pk)).content.decode()
    assert "Jika kebutuhan berbeda dari hitungan" in told
    assert "Pada yang terburuk dari 12 undian" in told
    for row in rows:
        if row.variant.plan:
            shown = client.get(page("variant", row.variant.pk))
            assert row.name in shown.content.decode()
            assert page("scenario-from", row.variant.pk) not in shown.content.decode()


def test_a_killed_worker_leaves_the_same_answers(scenario):
    planner = cast.planner()
    study = actions.ask_study(scenario, StudyKind.NEEDS, by=planner)
    every = questions_of("needs", kept_case(scenario.solution.pk), {})
    actions.keep_variant(study, every[0], None, by=planner)
    jobs.think(study_id=study.pk, person_id=planner.pk)
    assert study.variants.count() == len(every)
    assert study.variants.get(place=0).figures == {}
    assert estimate_finding(Study.objects.get(pk=study.pk)) == ""
