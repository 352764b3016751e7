"""The pages of the lists show a day's rows, take files in and hand them out again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pulih.references.kinds import KINDS
from pulih.references.models import Account
from pulih.references.rules import read_list
from tests.people import cast
from tests.references.test_import import HEAD, NEW

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def manager(client):
    client.force_login(cast.planner(), BACKEND)
    return client


@pytest.fixture
def officer(client):
    client.force_login(cast.provincial_officer(), BACKEND)
    return client


def file(content, name="akun.csv"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("slug", KINDS)
def test_every_list_has_its_page(officer, slug):
    answer = officer.get(f"/references/{slug}/?per=2020-05-01")
    assert answer.status_code == 200
    assert answer.context["page"].total > 5


def test_a_list_shows_what_holds_on_the_day(officer):
    before = officer.get("/references/accounts/?per=2020-03-01&q=COVID").context["page"]
    after = officer.get("/references/accounts/?per=2020-05-01&q=COVID").context["page"]
    assert (before.total, after.total) == (0, 9)


def test_a_list_is_searched_by_code_and_by_whether_it_was_verified(officer):
    page = officer.get("/references/accounts/?per=2020-05-01&q=5262&unverified=on").context["page"]
    assert [row.code for row in page.rows] == ["526211", "526212"]


def test_the_import_is_offered_only_to_who_may(officer):
    assert "/references/accounts/import/" not in officer.get("/references/").content.decode()
    assert officer.get("/references/accounts/import/").status_code == 403


def test_a_good_file_is_taken_in(manager):
    answer = manager.post("/references/accounts/import/", {"file": file(f"{HEAD}\n{NEW}")})
    assert answer.status_code == 303
    assert Account.objects.filter(code="521219").count() == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (f"{HEAD}\n{NEW.replace('521219', '5')}", "Baris 2, kolom code: harus 6 angka, bukan “5”."),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "Ini bukan berkas CSV atau XLSX."),
        (b"PK\x03\x04xlsx", "rusak dan tidak dapat dibaca"),
        ("nama,umur\na,1", "Tidak ditemukan baris judul"),
    ],
)
def test_a_bad_file_is_answered_in_one_sentence_and_stores_nothing(manager, content, sentence):
    count = Account.objects.count()
    answer = manager.post("/references/accounts/import/", {"file": file(content)})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert Account.objects.count() == count


def test_an_export_can_be_imported_again_without_a_change(manager):
    for slug, kind in KINDS.items():
        answer = manager.get(f"/references/{slug}/export/?per=2020-05-01")
        rows, faults = read_list(kind.shape, b"".join(answer.streaming_content))
        assert faults == []
        assert len(rows) == kind.model.objects.count() or len(rows) > 10


def test_an_unknown_list_is_not_found(manager):
    assert manager.get("/references/moon/").status_code == 404


def test_strangers_are_sent_to_sign_in(client):
    for path in ("", "accounts/", "accounts/import/", "accounts/export/"):
        assert client.get(f"/references/{path}").status_code == 302


def test_programs_get_the_rows_of_a_day(officer):
    rows = officer.get("/api/v1/references/accounts/", {"on": "2020-03-01"}).json()
    assert {"521211", "532111"} <= {row["code"] for row in rows}
    assert not any(row["is_covid"] for row in rows)
    assert officer.get("/api/v1/references/moon/", {"on": "2020-03-01"}).status_code == 404


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_carry_no_style_and_no_script_of_their_own(manager, language):
    manager.cookies["pulih_language"] = language
    for path in ("/references/", "/references/holidays/", "/references/kbli/import/", "/areas/"):
        text = manager.get(f"{path}?per=2020-05-01").content.decode()
        assert " style=" not in text
        assert "<script>" not in text
        assert ("Reference lists" in text) == (language == "en")
