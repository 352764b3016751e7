"""Members of a household share a word; what is kept of it for good names nobody."""

import pytest
from django.db import connection

from pulih.delivery.models import Applicant, SelectionDecision, SelectionEntry
from tests.architecture.test_identity_numbers import columns
from tests.delivery.selecting import chosen, cleared, passing
from tests.make import delivery as make

pytestmark = pytest.mark.django_db
CARD, OTHER = "3212011505100077", "3212011505100088"


def holders(word):
    """Return the columns that hold a word, in whatever row."""
    with connection.cursor() as cursor:
        found = []
        for table, column in columns(cursor):
            cursor.execute(f'SELECT FROM "{table}" WHERE "{column}"::text ~ %s LIMIT 1', [word])
            found += [f"{table}.{column}"] * cursor.rowcount
    return found


@pytest.fixture
def selection():
    activity = make.activity()
    make.cohort(3, of=activity)
    rows = [(90, CARD, ""), (80, f"KK {CARD}", ""), (70, OTHER, ""), (60, "Keluarga Sari", "")]
    passing(activity, rows)
    cleared(activity)
    return chosen(activity)


def test_a_family_card_joins_its_members_and_is_kept_nowhere(selection):
    assert [one for number in (CARD, OTHER) for one in holders(number)] == []
    first, same, other, _words = Applicant.objects.order_by("pk").values_list(
        "household", flat=True
    )
    assert first == same != other
    out = SelectionDecision.objects.get(is_chosen=False)
    assert (out.entry.applicant.person.name, out.reason) == ("Orang 2", "partner")


def test_the_list_that_is_frozen_for_good_names_no_household(selection):
    marks = SelectionEntry.objects.order_by("code").values_list("household", flat=True)
    assert list(marks) == ["K1", "K1", "K2", "K3"]
    assert holders("Keluarga Sari") == ["delivery_applicant.household"]
