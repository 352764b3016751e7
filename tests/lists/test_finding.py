"""One box searches every list that takes part, within what each person may see."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pulih.lists import finding
from pulih.people.scope import speaking_for
from tests.make import budget, impact
from tests.make import portal as make_portal
from tests.people import cast

pytestmark = pytest.mark.django_db


def found(person, words: str) -> str:
    client = Client()
    client.force_login(person)
    answer = client.get(reverse("lists:find"), {"q": words})
    assert answer.status_code == 200
    return answer.content.decode()


def test_rooms_answer_together_and_each_person_sees_their_own():
    impact.enterprise("Konveksi Sinar", "Kab. Indramayu", "Jawa Barat")
    budget.line(budget.unit("Jawa Barat", "021111"), detail="=Konveksi pilihan")
    planner = found(cast.planner(), "konveksi")
    assert "Konveksi Sinar" in planner
    assert "Konveksi pilihan" in planner
    assert f"{reverse('budget:lines')}?q=konveksi" in planner
    assert "Konveksi" not in found(cast.provincial_officer("Bali"), "konveksi")
    assert "Tidak ada yang ditemukan" in found(cast.planner(), "zzqx")
    assert "sedikitnya dua huruf" in found(cast.planner(), "z")


def test_words_are_bounded_and_never_a_fault():
    for words in ("\0\0x", "x" * 5_000, "%_\\'\"", "0" * 40, "<script>"):
        assert "<script>alert" not in found(cast.planner(), words)


def test_a_word_that_is_nowhere_costs_few_statements():
    """Each list was asked for every beginning and end of it: six thousand statements."""
    impact.enterprise("Konveksi Sinar", "Kab. Indramayu", "Jawa Barat")
    planner = cast.planner()
    for words in ("x" * 5_000, "konv" + "x" * 28, "konv" + "x" * 29):
        with CaptureQueriesContext(connection) as asked:
            assert "Maksud Anda" not in found(planner, words)
        assert len(asked) < 250


def test_who_may_see_no_list_has_no_box(rf):
    request = rf.get("/")
    request.user = make_portal.steward()
    with speaking_for(request.user):
        titles = finding.titles(request)
        assert bool(finding.address(request)) == bool(titles)


def test_a_slip_of_the_pen_is_told_the_word_that_is_there():
    impact.enterprise("Konveksi Sinar", "Kab. Indramayu", "Jawa Barat")
    budget.line(budget.unit("Jawa Barat", "021111"), detail="=Mesin jahit portabel")
    planner = cast.planner()
    for typed, meant in (
        ("konveski", "konveksi"),  # Two letters swapped.
        ("konvksi sinar", "konveksi sinar"),  # One left out, among words that fit.
        ("portabell", "portabel"),
        ("xortabel", "portabel"),  # A slip in the first letter.
    ):
        page = found(planner, typed)
        assert "Tidak ada yang ditemukan" in page
        assert f'?q={quote(meant)}">{meant}</a>' in page, typed
    assert "Maksud Anda" not in found(cast.provincial_officer("Bali"), "konveski")
    assert "Maksud Anda" not in found(planner, "021112")  # Numbers are never guessed at.
    assert "Maksud Anda" not in found(planner, "qqqqqq")


def test_scenarios_revisions_and_delivered_files_take_part():
    page = found(cast.planner(), "konveksi")
    for title in ("Skenario", "Revisi", "Berkas impor"):
        assert title in page.partition("boleh Anda lihat dari")[2], title
