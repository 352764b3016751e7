"""Activities, sites, classes, sessions and people: each way out of each action."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied

from pulih.common.errors import Refusal
from pulih.delivery.actions import activities, persons
from pulih.delivery.activity_forms import FUNDED, ActivityForm
from pulih.delivery.models import Activity, Person
from pulih.people.scope import speaking_for
from pulih.proposals.rules.machine import PROPOSAL
from tests.make import areas
from tests.make import budget as make_budget
from tests.make import delivery as make
from tests.make import measures as make_measures
from tests.make import proposals as make_proposals
from tests.make import registry as make_registry
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 20)


def test_a_regencys_activity_knows_its_province():
    made = make.activity(by=cast.regency_officer(), area=areas.regency())
    assert (made.regency.name, made.province.name) == ("Kab. Indramayu", "Jawa Barat")


def test_an_activity_of_another_area_may_not_be_made():
    with pytest.raises(PermissionDenied):
        make.activity(by=cast.provincial_officer("Bali"), area=areas.province())
    with pytest.raises(PermissionDenied):
        make.activity(by=cast.regency_officer(), area=areas.province())


def test_days_in_the_wrong_order_are_refused():
    with pytest.raises(Refusal, match="22 Jun 2020"):
        make.activity(ends_on=date(2020, 6, 21))


def test_a_unit_of_another_province_is_refused():
    with pytest.raises(Refusal, match="Jawa Barat"):
        make.activity(unit=make_budget.unit("Bali", "028888"))


def test_an_activity_keeps_the_days_of_its_sessions():
    cohort = make.cohort()
    make.session(cohort, make.LAST)
    officer, activity = cast.provincial_officer(), cohort.activity
    with pytest.raises(Refusal, match="25 Jun 2020"):
        activities.save_activity(activity, ends_on=date(2020, 6, 24), by=officer)
    activity.refresh_from_db()
    with pytest.raises(Refusal, match="26 Jun 2020"):
        activities.save_activity(
            activity, decree_number="SK 1", decree_on=date(2020, 6, 26), by=officer
        )


@pytest.mark.parametrize(
    ("day", "said"), [(date(2020, 6, 21), "22 Jun 2020"), (date(2020, 6, 26), "25 Jun 2020")]
)
def test_a_session_outside_the_activitys_days_is_refused(day, said):
    with pytest.raises(Refusal, match=said):
        make.session(make.cohort(), day)


def test_a_session_before_the_decree_is_refused():
    activity = make.activity(decree_number="SK 188/7", decree_on=date(2020, 6, 23))
    cohort = make.cohort(of=activity)
    with pytest.raises(Refusal, match="23 Jun 2020"):
        make.session(cohort)
    assert make.session(cohort, date(2020, 6, 23)).lesson_hours == 8


def test_two_sessions_of_a_class_do_not_begin_together():
    cohort = make.cohort()
    make.session(cohort)
    with pytest.raises(Refusal, match=r"08\.00"):
        make.session(cohort)


def test_a_session_is_added_to_every_class_that_is_free_then():
    first = make.cohort()
    others = [
        make.cohort(of=first.activity, regency=name) for name in ("Kab. Cirebon", "Kab. Garut")
    ]
    make.session(others[0])
    values = {"day": make.FIRST, "starts_at": time(8), "lesson_hours": 8, "subject": "Pola"}
    officer = cast.provincial_officer()
    added = activities.add_sessions(first, in_every_class=True, by=officer, **values)
    assert [one.cohort for one in added] == [first, others[1]]
    later = {**values, "starts_at": time(13)}
    assert len(activities.add_sessions(first, by=officer, **later)) == 1
    with pytest.raises(Refusal, match=r"08\.00"):
        activities.add_sessions(first, in_every_class=True, by=officer, **values)


def test_a_regency_adds_a_session_to_its_own_classes_alone():
    ours = make.cohort()
    make.cohort(of=ours.activity, regency="Kab. Garut")
    officer = cast.regency_officer()
    values = {"day": make.FIRST, "starts_at": time(8), "lesson_hours": 8, "subject": "Pola"}
    with speaking_for(officer):
        added = activities.add_sessions(ours, in_every_class=True, by=officer, **values)
    assert [one.cohort for one in added] == [ours]


def test_a_site_lies_in_the_activitys_area_and_has_its_own_name():
    activity = make.activity()
    officer = cast.provincial_officer()
    make.site(activity)
    with pytest.raises(Refusal, match="Balai"):
        make.site(activity)
    with pytest.raises(Refusal, match="Kota Denpasar"):
        activities.add_site(
            activity, regency=areas.regency("Kota Denpasar"), name="B", address="", by=officer
        )


def test_a_class_and_a_trainer_stand_once():
    cohort = make.cohort()
    officer = cast.provincial_officer()
    with pytest.raises(Refusal):
        activities.add_cohort(cohort.site, name=cohort.name.upper(), places=3, by=officer)
    given = {"name": "Rahmat", "role": "trainer", "institution": "", "by": officer}
    activities.add_trainer(cohort, **given)
    with pytest.raises(Refusal, match="Rahmat"):
        activities.add_trainer(cohort, **given)


def person(**values):
    usual = {"name": "Siti", "regency": areas.regency(), "sex": "P", "nik": make.nik(1)}
    by = cast.regency_officer()
    return persons.save(Person(), by=by, today=DAY, **{**usual, **values})


def test_a_person_is_once_in_a_regency_by_number():
    made = person()
    with pytest.raises(Refusal, match="Indramayu"):
        person(name="Siti A.")
    kept = persons.save(made, name="Siti Aminah", by=cast.regency_officer(), today=DAY)
    assert Person.objects.get().name == "Siti Aminah"
    assert kept.events.count() == 1


@pytest.mark.parametrize("nik", ["3212151101870001", "3212159901870001", "123"])
def test_an_impossible_number_is_refused(nik):
    with pytest.raises(Refusal, match="NIK"):
        person(nik=nik)


def test_a_persons_firm_is_found_by_its_nib():
    firm = make_registry.firms(1, by=cast.regency_officer(), office=areas.regency())[0]
    type(firm).objects.filter(pk=firm.pk).update(nib="1234567890123")
    assert person(nib="1234567890123").enterprise_id == firm.pk
    with pytest.raises(Refusal, match="9999999999999"):
        person(nik="", nib="9999999999999")


def test_a_session_has_its_hour():
    session = make.session(make.cohort())
    assert (session.starts_at, str(session)) == (time(8), "22 Jun 2020 08.00 Pola")


def test_an_activity_names_the_proposal_of_its_own_province_and_measure():
    proposal = make_proposals.complete(people=1)
    planner = cast.planner()
    own = make.activity(planner, proposal.province, measure=proposal.measure, proposal=proposal)
    assert Activity.objects.get(pk=own.pk).proposal == proposal
    for wrong in ({"measure": make_measures.measure()}, {"area": areas.province("Bali")}):
        usual = {"area": proposal.province, "measure": proposal.measure}
        with pytest.raises(Refusal, match=proposal.number):
            make.activity(planner, proposal=proposal, **{**usual, **wrong})


def test_only_a_proposal_whose_money_is_set_aside_is_offered():
    make_proposals.complete(people=1)
    planner = cast.planner()
    assert not ActivityForm(planner).fields["proposal"].queryset.exists()
    assert "proposal" not in ActivityForm(cast.regency_officer()).fields
    assert set(FUNDED) < {state.key for state in PROPOSAL.states}


def test_a_regency_adds_classes_and_lessons_to_an_activity_of_its_province():
    cohort, officer = make.cohort(), cast.regency_officer()
    with speaking_for(officer):
        added = activities.add_cohort(cohort.site, name="Angkatan II", places=3, by=officer)
        session = activities.add_session(
            added, day=make.FIRST, starts_at=time(8), lesson_hours=4, subject="Pola", by=officer
        )
    assert (added.activity_id, session.cohort_id) == (cohort.activity_id, added.pk)
