"""A part of the story that another process lives through: its end, its fault, and being left."""

import sys

import pytest

from pulih.common.errors import Refusal
from pulih.scenarios.covid_2020 import beside
from pulih.scenarios.covid_2020.wanted import Wanted
from tests.meanwhile import until

WRITES = (
    "import os, sys; open(sys.argv[-1].partition('=')[2] + '/begun', 'w').write(sys.argv[1]);"
    "os.read(0, 1) if sys.argv[1].endswith('long') else sys.exit(sys.argv[1].endswith('wrong'))"
)


@pytest.fixture
def part(monkeypatch, tmp_path):
    """Begin a part whose process says that it began, and ends well, badly, or when it is left."""
    monkeypatch.setattr(beside, "COMMAND", (sys.executable, "-c", WRITES))
    return lambda name: beside.beside(name, Wanted(1_000, 2020, tmp_path, {}))


def test_what_runs_beside_is_told_its_part_and_waited_for(part, tmp_path):
    with part("money") as ended:
        ended()
        assert (tmp_path / "begun").read_text() == "--part=money"


def test_a_part_that_fails_is_one_clear_refusal(part):
    with pytest.raises(Refusal) as refused, part("wrong") as ended:
        ended()
    assert "“wrong”" in refused.value.message.en


def test_a_part_ends_with_what_stops_the_rest(part, tmp_path):
    def fail():
        with part("long"):
            until((tmp_path / "begun").exists)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()


def test_the_command_lives_through_a_part_and_through_no_other():
    from pulih.scenarios.covid_2020.build import PARTS
    from pulih.scenarios.management.commands.demo import Command

    parser = Command().create_parser("pulih", "demo")
    assert [parser.parse_args([f"--part={one}"]).part for one in PARTS] == list(PARTS)
    assert "--part" not in parser.format_help()
