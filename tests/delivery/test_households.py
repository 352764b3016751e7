"""Members of a household share a word; what is kept of it for good names nobody."""

import pytest

from pulih.delivery.models import Applicant, SelectionDecision, SelectionEntry
from tests.architecture.test_identity_numbers import columns_with
from tests.delivery.selecting import chosen, cleared, passing
from tests.make import delivery as make

pytestmark = pytest.mark.django_db
CARD, OTHER = "3212011505100077", "3212011505100088"


@pytest.fixture
def selection():
    activity = make.activity()
    make.cohort(3, of=activity)
    rows = [(90, CARD, ""), (80, f"KK {CARD}", ""), (70, OTHER, ""), (60, "Keluarga Sari", "")]
    passing(activity, rows)
    cleared(activity)
    return chosen(activity)


def test_a_family_card_joins_its_members_and_is_kept_nowhere(selection):
    assert [one for number in (CARD, OTHER) for one in columns_with(number)] == []
    first, same, other, _words = Applicant.objects.order_by("pk").values_list(
        "household", flat=True
    )
    assert first == same != other
    out = SelectionDecision.objects.get(is_chosen=False)
    assert (out.entry.applicant.person.name, out.reason) == ("Orang 2", "partner")


def test_the_list_that_is_frozen_for_good_names_no_household(selection):
    marks = SelectionEntry.objects.order_by("code").values_list("household", flat=True)
    assert list(marks) == ["K1", "K1", "K2", "K3"]
    assert columns_with("Keluarga Sari") == ["delivery_applicant.household"]
