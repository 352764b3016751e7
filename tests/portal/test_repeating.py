"""A release's files written once more from its cells."""

import pytest

from pulih.portal.models import Cell
from pulih.portal.repeating import repeatable, repeated
from tests.make import portal as make

pytestmark = pytest.mark.django_db
WITH_PAGES = False


def world():
    make.country()


def test_the_files_of_a_release_come_out_the_same(release):
    assert [one.number for one in repeatable()] == [release.number]
    assert list(repeated(release)) == []


def test_a_cell_that_came_later_is_found_in_the_files_that_it_changes(release):
    last = Cell.objects.filter(release=release).first()
    last.pk, last.category, last.value, last.marker = None, "test", 999, ""
    last.save(force_insert=True)
    found = [message.en for message in repeated(release)]
    assert found
    assert all(f"release {release.number}: " in one for one in found)
    assert any(".csv" in one for one in found)
