"""A draw done once more from its frozen list and seed, and what shows that it was altered."""

import pytest

from pulih.delivery.repeating import drawn, repeated
from tests.delivery.selecting import chosen, cleared, passing
from tests.make import delivery as make

pytestmark = pytest.mark.django_db


def said(selection):
    return [message.en for message in repeated(selection)]


def test_a_draw_comes_out_the_same_and_what_was_altered_is_named():
    activity = make.activity()
    make.cohort(2, of=activity)
    passing(activity, [(90, "A", ""), (50, "", ""), (50, "", "")])  # Two are equal.
    cleared(activity)
    chosen(activity)
    (one,) = drawn()
    assert said(one) == []
    (found,) = set(_with_seeds(one))
    assert f"draw {one.pk}: 2 decisions come out otherwise (" in found
    one.explanation["program"] = "pulih 0.0"
    assert any("it was solved by pulih 0.0" in text for text in _with_seeds(one))
    one.digest = "0" * 64
    assert "is not the one whose digest was published" in said(one)[0]


def _with_seeds(selection):
    for seed in map(str, range(9)):
        selection.seed = seed
        yield from said(selection)
