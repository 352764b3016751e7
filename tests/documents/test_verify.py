"""Anybody verifies a paper by its code, and learns nothing without one."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from pulih.documents import views
from pulih.documents.actions import end, issue
from pulih.documents.codes import new_code, written
from pulih.documents.kinds import PaperKind, register
from pulih.documents.models import PaperCode, PaperState
from pulih.people.scope import speaking_for
from tests.people import cast

pytestmark = pytest.mark.django_db
KIND = register(PaperKind("test.paper", "Surat uji"))
DAY = date(2020, 6, 15)


@pytest.fixture(autouse=True)
def _no_earlier_tries():
    cache.clear()


def paper(subject=1, **values):
    usual = {
        "office": "Dinas Perindustrian Uji", "number": "7/UJI/2020", "dated": DAY,
        "province": cast.area("Jawa Barat"), "person": "Siti Nur, S.T.",
    }  # fmt: skip
    return issue(KIND, subject, **{**usual, **values})


def ask(code):
    return Client().get(reverse("documents:code", args=[code]))


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_code_tells_a_stranger_what_the_paper_is_and_no_name():
    said = words(ask(paper().code))
    for part in ("Surat uji", "Dinas Perindustrian Uji", "7/UJI/2020", "15 Jun 2020", "S. N."):
        assert part in said
    assert "Diterbitkan di sini, dan berlaku." in said
    assert "Siti" not in said


def test_the_next_version_replaces_the_one_before():
    first = paper()
    second = paper(dated=date(2020, 7, 1))
    assert (first.version, second.version) == (1, 2)
    assert "diganti sejak 1 Jul 2020" in words(ask(first.code))
    assert "dan berlaku" in words(ask(second.code))


def test_a_withdrawn_paper_says_so_and_a_later_version_counts_on():
    first = paper()
    end(KIND, 1, PaperState.WITHDRAWN, on=date(2020, 6, 20))
    assert "ditarik sejak 20 Jun 2020" in words(ask(first.code))
    assert paper().version == 2
    assert "ditarik" in words(ask(first.code))


def test_ending_what_is_not_in_force_changes_nothing():
    end(KIND, 1, PaperState.WITHDRAWN, on=DAY)
    assert not PaperCode.objects.exists()


def test_unknown_and_malformed_codes_are_answered_alike():
    paper()
    answers = [ask(code) for code in (new_code(), "0000", "0000000000001", "' OR 1=1 --", "𝟜")]
    assert {answer.status_code for answer in answers} == {404}
    pages = {re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers}
    assert len(pages) == 1


def test_a_typed_code_comes_to_its_own_page():
    code = paper().code
    typed = Client().get(reverse("documents:verify"), {"code": written(code).lower()})
    assert typed.url == reverse("documents:code", args=[code])
    wrong = Client().get(reverse("documents:verify"), {"code": "../../etc"})
    assert wrong.status_code == 404
    assert "Tidak ada dokumen dengan kode ini." in words(wrong)


def test_tries_are_limited_for_right_codes_too():
    code = paper().code
    # A new minute may begin meanwhile, and with it the count.
    answers = [ask(code) for _ in range(2 * views.TRIES + 1)]
    refused = next(answer for answer in answers if answer.status_code != 200)
    assert answers.index(refused) >= views.TRIES
    assert refused.status_code == 429
    assert "Tunggu satu menit" in words(refused)
    assert "7/UJI/2020" not in words(refused)


def test_the_answer_is_kept_by_nobody():
    answer = ask(paper().code)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_the_table_shows_no_row_without_a_person_and_another_province_none():
    found = paper()
    with speaking_for(cast.provincial_officer("Bali")):
        assert not PaperCode.objects.exists()
    with speaking_for(cast.provincial_officer()):
        assert PaperCode.objects.get() == found
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pulih.person', '', false)")
        assert not PaperCode.objects.exists()
        cursor.execute("SELECT count(*) FROM documents_verify(%s)", [found.code])
        assert cursor.fetchone() == (1,)


def test_a_kept_file_is_compared_in_the_browser_alone():
    kept = paper(fingerprints=["a" * 64]).code
    assert f'data-fingerprints="{"a" * 64}"' in ask(kept).content.decode()
    assert "dicetak baru" not in words(ask(kept))
    assert "dicetak baru" in words(ask(paper(subject=2).code))


def test_in_english_too():
    client = Client()
    client.cookies["pulih_language"] = "en"
    said = words(client.get(reverse("documents:code", args=[paper().code])))
    assert "Issued here, and in force." in said


def test_readers_of_the_english_pages_read_the_answer_in_english():
    code = paper().code
    page = Client().get("/en/verify/")
    assert page.headers["Content-Language"] == "en"
    assert '<form method="get" action="/en/verify/">' in page.content.decode()
    asked = Client().get("/en/verify/", {"code": written(code)}, follow=True)
    assert asked.redirect_chain == [(f"/en/verify/{code}", 302)]
    assert "Issued here, and in force." in words(asked)
    assert Client().get("/en/verify/0000-0000-00001").status_code == 404


def test_from_the_english_address_the_switch_leads_to_indonesian():
    client, code = Client(), paper().code
    client.cookies["pulih_language"] = "en"
    page = client.get(f"/en/verify/{code}").content.decode()
    back = re.search(r'name="next" value="([^"]+)"', page)[1]
    client.post("/language/", {"language": "id", "next": back})
    assert "Diterbitkan di sini, dan berlaku." in words(client.get(back))
