"""Why nobody moves up: whose places are free, and who waits instead."""

import pytest

from pulih.common.errors import Refusal
from pulih.delivery.actions import activities, decrees, rosters
from pulih.delivery.models import Participant, Selection
from tests.delivery.selecting import DAY, chosen, cleared, decided, passing
from tests.make import delivery as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def leaves(activity, name):
    """Let a participant go, and say why nobody moves up."""
    by = cast.provincial_officer()
    one = Participant.objects.seated().get(activity=activity, person__name=name)
    rosters.leave(one.cohort, number=one.number, left_on=DAY, reason="sakit", by=by)
    with pytest.raises(Refusal) as refused:
        decrees.move_up(Selection.objects.get(activity=activity), by=by, today=DAY)
    return str(refused.value)


def test_a_free_place_of_another_group_is_named_with_who_waits(db, in_english):
    made = make.activity()
    make.cohort(1, "Kab. Indramayu", made)
    make.cohort(1, "Kab. Cirebon", made)
    passing(made, [(90, "", ""), (80, "", "")])
    passing(made, [(20, "", "")], "Kab. Cirebon", first=3)
    cleared(made)
    decided(chosen(made))
    said = leaves(made, "Orang 3")
    assert said.startswith("Free are places for Kab. Cirebon (1), and nobody waits for them.")
    assert "Those who wait are Kab. Indramayu (1)." in said


def test_groups_are_named_by_what_the_criteria_ask(db, in_english):
    made = make.activity()
    make.cohort(1, of=made)
    passing(made, [(90, "", "ya"), (80, "", "")])
    cleared(made)
    decided(chosen(made, least_laid_off=1, least_women=1))
    said = leaves(made, "Orang 1")
    assert "for Kab. Indramayu, women, laid off (1), and nobody" in said
    assert "Those who wait are Kab. Indramayu, women, not laid off (1)." in said


def test_a_household_that_sits_keeps_its_other_members_out(db, in_english):
    made = make.activity()
    make.cohort(2, of=made)
    passing(made, [(90, "A", ""), (80, "A", ""), (50, "", "")])
    cleared(made)
    decided(chosen(made))
    assert "lives with somebody who has a place" in leaves(made, "Orang 3")


def test_when_nobody_waits_or_the_classes_grew_it_is_said(db, in_english):
    made = make.activity()
    cohort = make.cohort(2, of=made)
    passing(made, [(90, "", ""), (80, "", "")])
    cleared(made)
    selection = chosen(made)
    by = cast.provincial_officer()
    decided(selection)
    activities.change_cohort(cohort, name=cohort.name, places=3, by=by)
    with pytest.raises(Refusal, match=r"taken\. The classes have 1 more place: choose again"):
        decrees.move_up(selection, by=by, today=DAY)
    assert "Kab. Indramayu (1), and nobody waits any more." in leaves(made, "Orang 2")
