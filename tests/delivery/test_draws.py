"""What anybody reads of a draw: enough to repeat it, and nobody who applied."""

import tomllib
from datetime import timedelta
from hashlib import sha256

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from pulih.delivery.actions import selections
from pulih.delivery.models import SelectionDecision, SelectionEntry
from pulih.delivery.reads.draws import draw, draws
from pulih.selection import case_from_tables, decisions_of, solve
from tests.delivery.selecting import CRITERIA, NOW, chosen, cleared, drawn, passing
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
FIVE = [(50, "", ""), (50, "", ""), (50, "", ""), (20, "Sari", "ya"), (10, "Sari", "")]


@made_once
def activity(db):
    made = make.activity()
    make.cohort(2, of=made)
    return made


def with_five(activity):
    passing(activity, FIVE)
    cleared(activity)
    return activity


@pytest.fixture
def read(client):
    def go(name, *words, language="id", **asked):
        client.cookies["pulih_language"] = language
        answer = client.get(reverse(f"delivery:{name}", args=words), asked)
        return answer.status_code, " ".join(strip_tags(answer.content.decode()).split())

    return go


def test_criteria_digest_and_seed_are_public_one_after_the_other(activity, read):
    by = cast.provincial_officer()
    one = selections.publish(with_five(activity), by=by, now=NOW, **CRITERIA)
    _code, said = read("public-draw", one.pk)
    assert "Daftar belum dikunci." in said
    one = selections.freeze(one, by=by, now=NOW)
    _code, said = read("public-draw", one.pk)
    assert one.digest in said
    assert "Pendaftaran 5" in said
    assert "Kursi 2" in said
    assert "Benih belum diundi." in said
    assert read("public-settings", one.pk)[0] == 404
    selections.draw(
        one, seed="46-13", witness="Dr. Siti Nur, Camat", other_witness="Budi Raharjo (saksi)",
        by=by, now=NOW + timedelta(minutes=5),
    )  # fmt: skip
    _code, said = read("public-draw", one.pk)
    assert "46-13" in said
    assert "S. N.; B. R." in said
    assert "Siti" not in said
    assert "Raharjo" not in said


def test_who_has_a_number_repeats_the_draw_and_case_toml_is_that_of_the_choice(
    activity, read, client
):
    one = chosen(with_five(activity))
    by_draw = SelectionDecision.objects.filter(entry__selection=one, entry__score=50)
    ahead = by_draw.order_by("place").values_list("entry__code", flat=True)
    said = [draw(one.pk).draw_of(code) for code in ahead]
    assert said == sorted(said)
    assert len(said) == 3
    code = ahead[0]
    own = sha256(f"{one.seed}\n{code}".encode()).hexdigest()
    assert own in read("public-draw", one.pk, application=f" {code.lower()} ")[1].replace(" ", "")
    assert "P dan tujuh angka" in read("public-draw", one.pk, application="12")[1]
    answer = client.get(reverse("delivery:public-settings", args=[one.pk]))
    given = tomllib.loads(answer.content.decode())
    settings, tables = selections.case_of(one)
    assert given == settings
    outcome = solve(case_from_tables(given, tables))
    decided = {row.application for row in decisions_of(outcome.case, outcome.plan) if row.is_chosen}
    kept = SelectionDecision.objects.filter(entry__selection=one, is_chosen=True)
    assert decided == set(kept.values_list("entry__code", flat=True))


def test_an_unknown_number_is_answered_as_a_known_one(activity, read):
    one = chosen(with_five(activity))
    known = SelectionEntry.objects.filter(selection=one).earliest("pk").code
    answers = {
        read("public-draw", one.pk, application=code)[1]
        .replace(code, "").replace(draw(one.pk).draw_of(code)[:16], "")
        .replace(draw(one.pk).draw_of(code)[16:], "")
        for code in (known, "P9999999")
    }  # fmt: skip
    assert len(answers) == 1


def test_nobody_who_applied_is_named_and_few_are_not_counted(activity, read):
    passing(activity, FIVE[:4])
    cleared(activity)
    one = chosen(activity)
    _code, said = read("public-draw", one.pk, language="en")
    assert "Applications fewer than 5" in said
    assert draw(one.pk).applications is None
    everything = said + read("public-draws")[1]
    for hidden in (
        "Orang",
        "Eretan",
        "Sari",
        *SelectionEntry.objects.values_list("code", flat=True),
    ):
        assert hidden not in everything


def test_a_draw_that_began_again_shows_every_version(activity, read):
    first = drawn(with_five(activity))
    second = drawn(activity, seed="another", laid_off_points=0)
    for one in (first, second):
        said = read("public-draw", one.pk)[1]
        assert "versi 1" in said
        assert "versi 2" in said
    assert [one.pk for one in draws()] == [second.pk, first.pk]
    assert [one.pk for one in draws(before=second.pk)] == [first.pk]
    assert read("public-draw", 0)[0] == 404
    assert read("public-draws", before="x")[0] == 200
