"""Curve and rivals on the plan's own page: asked for there, filled in there."""

import pytest

from pulih.planning import actions, jobs
from pulih.planning.models import StudyKind
from tests.people import cast
from tests.planning.asking import page, visitor

pytestmark = pytest.mark.django_db


def worked_out(scenario, kind):
    study = actions.ask_study(scenario, kind, by=cast.planner())
    jobs.think(study_id=study.pk, person_id=cast.planner().pk)


def test_the_plan_offers_the_curve_and_the_rivals(scenario):
    told = visitor(cast.planner()).get(page("scenario", scenario.pk)).content.decode()
    for kind in ("ceiling", "rivals"):
        assert f'action="{page("ask-study", scenario.pk, kind)}"' in told
    seen = visitor(cast.auditor()).get(page("scenario", scenario.pk)).content.decode()
    assert page("ask-study", scenario.pk, "rivals") not in seen


def test_the_plan_shows_what_was_worked_out_and_asks_itself_until_then(scenario):
    client, url = visitor(cast.planner()), page("scenario", scenario.pk)
    actions.ask_study(scenario, StudyKind.RIVALS, by=cast.planner())
    waiting = client.get(url).content.decode()
    assert 'hx-select="#rivals-brief"' in waiting
    assert 'hx-select="#curve-brief"' not in waiting
    for kind in (StudyKind.RIVALS, StudyKind.CEILING):
        worked_out(scenario, kind)
    told = client.get(url).content.decode()
    assert "hx-select" not in told.partition('id="curve-brief"')[2].partition("<header>")[0]
    assert "Sebanding jumlah IKM" in told
    assert "chart" in told.partition('id="curve-brief"')[2].partition("</section>")[0]
