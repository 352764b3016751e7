"""A release's files written once more from its cells."""

import json

import pytest
from django.core.management import CommandError, call_command

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


def test_the_command_repeats_all_or_what_it_is_asked_for(release, capsys):
    call_command("repeat", json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["releases"], told["differences"]) == (1, [])
    assert {"plans", "draws", "matches"} <= told.keys()
    call_command("repeat", release=[release.number])
    assert "1 rilis" in capsys.readouterr().out


@pytest.mark.parametrize("asked", [{"draw": ["9"]}, {"match": ["x"]}, {"plan": ["0"]}])
def test_the_command_names_what_it_does_not_find(asked):
    (key,) = next(iter(asked.values()))
    with pytest.raises(CommandError, match=rf" {key}\b"):
        call_command("repeat", **asked)
