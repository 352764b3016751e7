"""What is known of a village where people are chosen: by its name within its regency."""

import pytest
from django.urls import reverse

from pulih.delivery.actions import applicants
from pulih.delivery.reads.villages import villages
from pulih.registry.models import Enterprise
from tests.html import words
from tests.make import areas, impact
from tests.make import delivery as make
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    """Two people of Sukamaju in Indramayu, one of Sukamaju in Cirebon, a firm of the first."""
    made = make.activity()
    for regency, numbers in (("Kab. Indramayu", (1, 2)), ("Kab. Cirebon", (3,))):
        people = [f"Orang {at}\t{make.nik(at)}\tP\tSukamaju" for at in numbers]
        applicants.add_list(
            made, regency=areas.regency(regency), people="\n".join(people),
            by=cast.provincial_officer(), today=make.FIRST,
        )  # fmt: skip
    firm = impact.enterprise("UD Maju")
    Enterprise.objects.filter(pk=firm.pk).update(village="SUKAMAJU")
    return made


def test_two_villages_of_one_name_are_two(activity):
    found = [(one.name, str(one.regency), one.applied, one.known)
             for one in villages(activity, cast.provincial_officer())]  # fmt: skip
    assert found == [("Sukamaju", "Kab. Indramayu", 2, 1), ("Sukamaju", "Kab. Cirebon", 1, 0)]


def test_they_stand_where_people_are_chosen(activity, client):
    client.force_login(cast.provincial_officer())
    for name in ("selection", "checks"):
        shown = words(client.get(reverse(f"delivery:{name}", args=[activity.pk])).content.decode())
        assert "Sukamaju, Kab. Indramayu 2 1" in shown, name
