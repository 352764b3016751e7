"""The day of a moment is one on somebody's clock: in UTC it is still yesterday until 07.00 WIB."""

import ast
from pathlib import Path

import pytest

import pulih

ROOT = Path(pulih.__file__).parent
MOMENTS = {"at", "now", "moment"}


def cut_in_utc(text):
    """Return the lines that cut a moment to a day before it was brought onto a clock."""
    calls = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Call)]
    cuts = [one.func for one in calls if isinstance(one.func, ast.Attribute) and not one.args]
    return [one.lineno for one in cuts if one.attr == "date" and is_moment(one.value)]


def is_moment(node):
    if isinstance(node, ast.Call):  # `datetime.now(WIB)` stands on a clock already.
        return isinstance(node.func, ast.Name) and node.func.id in ("now", "shown_moment")
    return name_of(node) in MOMENTS or name_of(node).endswith("_at")


def name_of(node):
    return getattr(node, "attr", getattr(node, "id", ""))


@pytest.mark.parametrize(
    "said", ["now().date()", "now(request).date()", "at.date()", "one.made_at.date()"]
)
def test_a_day_cut_in_utc_is_found(said):
    assert cut_in_utc(said) == [1]


@pytest.mark.parametrize(
    "said", ["localtime(at).date()", "at.astimezone(zone).date()", "datetime.now(WIB).date()"]
)
def test_a_day_on_a_clock_is_not(said):
    assert cut_in_utc(said) == []


def test_nobody_cuts_a_moment_to_its_day_in_utc():
    found = {str(path): cut_in_utc(path.read_text()) for path in ROOT.rglob("*.py")}
    assert {path: lines for path, lines in found.items() if lines} == {}
