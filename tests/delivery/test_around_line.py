"""What held a selection back, and who stands around its line."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pulih.delivery.models import SelectionDecision
from pulih.delivery.reads import score_dots
from pulih.delivery.reads.around_line import BESIDE, around_line, rule_rows
from pulih.delivery.reads.draws import draw
from pulih.delivery.reads.score_dots import drawing, scale_for
from tests.delivery.selecting import chosen, cleared, passing
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
RADIUS = 2.2  # Of a dot, as figures.css draws it.


@made_once
def selection(db):
    """Eight places in Indramayu for 14: scores fall by two, three share the line, two a house."""
    made = make.activity()
    make.cohort(8, of=made)
    scores = [90, 88, 86, 84, 82, 80, 50, 50, 50, 20, 18, 16, 14]
    passing(made, [(score, "", "") for score in scores] + [(89, "A", ""), (87, "A", "ya")])
    cleared(made)
    passing(made, [(90, "", "")], first=30)
    return chosen(made, least_laid_off=1)


def test_the_rules_that_bind_come_first_with_what_they_cost(selection):
    rows = {str(one.label): one for one in rule_rows(selection, cast.provincial_officer())}
    places = rows["Kursi di Kab. Indramayu"]
    assert (places.chosen, places.most, places.share, places.binds) == (8, 8, 1, True)
    least = rows["Korban PHK sedikitnya"]
    assert (least.chosen, least.least) == (1, 1)
    assert rows["Satu orang per rumah tangga"].left_out == 1
    binding = [one.binds for one in rule_rows(selection, cast.provincial_officer())]
    assert binding == sorted(binding, reverse=True)
    assert rule_rows(selection, cast.provincial_officer("Bali"))[0].chosen == 0


def test_who_stands_around_the_line_is_named_with_the_draw_that_decided(selection):
    near = around_line(selection, cast.provincial_officer())
    places = [one.decision.place for one in near.people]
    assert places == sorted(places)
    assert len(places) <= 2 * BESIDE < near.count
    assert {one.decision.is_chosen for one in near.people} == {True, False}
    at_line = [one for one in near.people if one.drawn]
    assert len(at_line) == 3
    for one in at_line:
        assert draw(selection.pk).draw_of(one.decision.entry.code).startswith(one.drawn)
    other = near.groups[1]
    assert around_line(selection, cast.provincial_officer(), str(other.number)).shown == other
    assert around_line(selection, cast.provincial_officer(), "x").shown == near.shown
    assert around_line(selection, cast.provincial_officer("Bali")) is None


def test_the_page_shows_both_and_leads_to_the_people(selection, client):
    client.force_login(cast.provincial_officer())
    address = reverse("delivery:selection", args=[selection.activity_id])
    page = client.get(address).content.decode()
    assert "menahan" in page
    assert "Satu titik: satu pendaftar" in page
    assert "tidak masuk daftar" in page
    full = SelectionDecision.objects.filter(is_chosen=False, reason="score").count()
    listed = client.get(
        reverse("delivery:decisions"), {"selection": selection.pk, "reason": "score"}
    )
    assert f"{full}" in listed.content.decode()
    assert f"selection={selection.pk}&amp;reason=score" in page


def test_scores_are_drawn_as_dots_that_count_everybody_once(selection):
    found = drawing(selection, cast.provincial_officer())
    ((row, dots),) = found.rows
    paths = dict(dots.paths)
    assert found.people == 1
    assert {kind: points.count("M") for kind, points in paths.items()} == {
        "yes": row.chosen - 1, "won": 1, "lost": 2, "no": row.applied - row.chosen - 2,
    }  # fmt: skip
    (line,) = dots.lines
    assert all(x > line for kind in ("yes", "won", "lost") for x in _places(paths[kind]))
    assert [kind for kind, _words in found.legend] == ["yes", "won", "lost", "no"]
    assert drawing(selection, cast.provincial_officer("Bali")) is None


def test_dots_of_a_crowd_stand_for_several_and_stay_low(selection, monkeypatch):
    monkeypatch.setattr(score_dots, "HIGHEST", 1)
    found = drawing(selection, cast.provincial_officer())
    assert found.people > 1
    assert found.rows[0][1].height < 30


def test_no_dot_touches_the_axis_or_the_row_above(selection):
    ((_row, dots),) = drawing(selection, cast.provincial_officer()).rows
    heights = [float(y) for _kind, points in dots.paths for y in re.findall(r" ([\d.]+)h", points)]
    assert max(heights) + RADIUS <= dots.height - 2
    assert min(heights) - RADIUS >= 2


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_scale_holds_every_score_in_few_round_steps(one, other):
    low, high = sorted((Decimal(one) / 1000, Decimal(other) / 1000))
    scale = scale_for(low, high)
    assert scale.low <= low <= high <= scale.high
    assert 2 <= len(scale.ticks) <= 5
    assert 0 <= scale.column(low) <= scale.column(high) < score_dots.COLUMNS


def _places(points):
    return [float(one.split()[0]) for one in points.split("M")[1:]]
