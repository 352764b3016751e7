"""A study from being asked to its answer: left, killed, failed, silent, asked again."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from pulih.common.errors import Refusal
from pulih.planning import actions, jobs
from pulih.planning.models import Study, StudyKind, Variant
from pulih.planning.quick_answers import kept_case
from pulih.planning.rules.questions import questions_of
from pulih.planning.rules.what_if import Moved
from tests.make import areas
from tests.make import planning as make
from tests.people import cast
from tests.planning.asking import page, visitor

pytestmark = pytest.mark.django_db
MILLION = 1_000_000


def test_the_exact_answer_follows_and_is_asked_for_once(scenario):
    client, url = visitor(cast.planner()), page("ask-exact", scenario.pk)
    assert client.post(url, {"ceiling": "350.000.000"}).status_code == 303
    study = Study.objects.get()
    assert "sedang dihitung" in client.get(page("exact", scenario.pk, study.pk)).content.decode()
    jobs.think(study_id=study.pk, person_id=cast.planner().pk)
    told = client.get(page("exact", scenario.pk, study.pk))
    assert told.status_code == 286
    variant = Variant.objects.get()
    assert page("variant", variant.pk) in told.content.decode()
    assert variant.figures["status"] == "optimal"
    client.post(url, {"ceiling": "350.000.000"}, HTTP_HX_REQUEST="true")
    assert Study.objects.count() == 1
    assert client.get(page("variant", variant.pk)).status_code == 200
    assert client.get(page("variant-zip", variant.pk)).content[:2] == b"PK"


def test_a_later_question_leaves_the_earlier_one(scenario):
    planner = cast.planner()
    one, other = (Moved(ceiling=millions * MILLION) for millions in (350, 360))
    first = actions.ask_study(scenario, StudyKind.EXACT, by=planner, moved=one)
    actions.ask_study(scenario, StudyKind.EXACT, by=planner, moved=other)
    first.refresh_from_db()
    assert first.is_over
    assert actions.begin_study(first.pk, by=planner) is None
    again = actions.ask_study(scenario, StudyKind.EXACT, by=planner, moved=one)
    assert (again.pk, again.is_over) == (first.pk, False)


def test_a_killed_study_goes_on_with_what_is_open(scenario):
    planner = cast.planner()
    study = actions.ask_study(scenario, StudyKind.RIVALS, by=planner)
    case = kept_case(scenario.solution.pk)
    first = questions_of("rivals", case, {})[0]
    actions.keep_variant(study, first, None, by=planner)
    jobs.think(study_id=study.pk, person_id=planner.pk)
    assert study.variants.count() == 4
    assert study.variants.get(place=0).figures == {}
    for _ in range(actions.studies.MOST_TRIES):
        actions.begin_study(study.pk, by=planner)
    assert Study.objects.get(pk=study.pk).is_over


def test_a_study_that_kills_its_workers_is_given_up(scenario):
    planner = cast.planner()
    study = actions.ask_study(scenario, StudyKind.RIVALS, by=planner)
    for _ in range(actions.studies.MOST_TRIES):
        assert actions.begin_study(study.pk, by=planner)
    assert actions.begin_study(study.pk, by=planner) is None
    study.refresh_from_db()
    assert study.is_broken
    assert not actions.ask_study(scenario, StudyKind.RIVALS, by=planner).is_broken


def test_a_study_whose_work_fails_has_broken_off_and_may_be_asked_again(scenario):
    planner, moved = cast.planner(), Moved(ceiling=350 * MILLION)
    study = actions.ask_study(scenario, StudyKind.EXACT, by=planner, moved=moved)
    Study.objects.update(scenario=make.scenario(planner))  # Whose case is not there.
    with pytest.raises(ObjectDoesNotExist):
        jobs.think(study_id=study.pk, person_id=planner.pk)
    Study.objects.update(scenario=scenario)
    study.refresh_from_db()
    assert (study.is_over, study.is_broken) == (True, True)
    told = visitor(planner).get(page("exact", scenario.pk, study.pk)).content.decode()
    assert page("ask-exact", scenario.pk) in told
    again = actions.ask_study(scenario, StudyKind.EXACT, by=planner, moved=moved)
    assert (again.pk, again.is_over, again.is_broken) == (study.pk, False, False)


@pytest.mark.parametrize(("minutes", "is_lost"), [(1, False), (5, True)])
def test_a_study_that_fell_silent_may_be_asked_again(scenario, minutes, is_lost):
    planner, client = cast.planner(), visitor(cast.planner())
    study = actions.ask_study(scenario, StudyKind.RIVALS, by=planner)
    actions.begin_study(study.pk, by=planner)
    Study.objects.update(heard_at=timezone.now() - timedelta(minutes=minutes))
    text = client.get(page("think", scenario.pk)).content.decode()
    assert (page("ask-study", scenario.pk, "rivals") in text) == is_lost
    assert ("every 5s" in text) != is_lost
    again = actions.ask_study(scenario, StudyKind.RIVALS, by=planner)
    assert (again.heard_at is None, again.tries == 0) == (is_lost, is_lost)


def test_a_study_that_no_worker_took_up_may_be_asked_again(scenario):
    planner = cast.planner()
    study = actions.ask_study(scenario, StudyKind.RIVALS, by=planner)
    long_ago = timezone.now() - timedelta(hours=1)
    Study.objects.update(asked_at=long_ago)
    assert actions.ask_study(scenario, StudyKind.RIVALS, by=planner).asked_at > long_ago
    actions.end_study(Study(pk=study.pk, asked_at=long_ago), by=planner, is_broken=True)
    assert not Study.objects.get().is_over  # What an earlier worker says is no longer asked.


def test_who_waits_for_a_question_that_another_planner_left_asks_it_again(scenario):
    one, other = cast.planner(), cast.person("planner", areas.country(), "other")
    moved = Moved(ceiling=350 * MILLION)
    study = actions.ask_study(scenario, StudyKind.EXACT, by=one, moved=moved)
    assert actions.ask_study(scenario, StudyKind.EXACT, by=other, moved=moved) == study
    actions.ask_study(scenario, StudyKind.EXACT, by=one, moved=Moved(ceiling=360 * MILLION))
    waiting, left = (
        visitor(who).get(page("exact", scenario.pk, study.pk)).content.decode()
        for who in (other, one)
    )
    assert 'hx-trigger="load, submit"' in waiting
    assert 'hx-trigger="submit"' in left
    visitor(other).post(page("ask-exact", scenario.pk), {"ceiling": "350000000"})
    jobs.think(study_id=study.pk, person_id=other.pk)
    told = visitor(other).get(page("exact", scenario.pk, study.pk)).content.decode()
    assert page("variant", study.variants.get().pk) in told


def test_a_scenario_without_a_plan_is_not_thought_over():
    make.country()
    draft = make.scenario(cast.planner())
    with pytest.raises(Refusal):
        actions.ask_study(draft, StudyKind.CEILING, by=cast.planner())
    client = visitor(cast.planner())
    assert client.get(page("what-if", draft.pk)).status_code == 404
    assert client.get(page("think", draft.pk)).status_code == 404


def test_an_unknown_study_does_not_exist(scenario):
    client = visitor(cast.planner())
    assert client.post(page("ask-study", scenario.pk, "weather")).status_code == 404
    assert client.post(page("ask-study", scenario.pk, "exact")).status_code == 404
