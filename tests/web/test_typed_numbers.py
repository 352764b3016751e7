"""Numbers of persons among words are cut as they come in; all else stays as it was sent."""

import json

import pytest
from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.identity_numbers import NIK_LIKE, cut_typed
from pulih.web.typed_numbers import CutTypedNumbers, cut_value

ASCII = st.characters(codec="ascii")
NIK, CUT = "3212154505790088", "3212••••••••0088"
WAYS = (NIK, "3212 1545 0579 0088", "321215-450579-0088", "32.12.15.450579.0088")
OTHERS = (
    "SP2D 200631304000871", "3038.001.005.521211", "Rp3.212.154.505.790", "198703122010121003",
    "081234567890", "3212154505790", "9120304050607", f"1{NIK}", f"{NIK}1", "2020-06-15 2020-06-16",
)  # fmt: skip


@pytest.fixture
def heard(monkeypatch):
    found = []
    monkeypatch.setattr(messages, "warning", lambda _request, said: found.append(str(said)))
    return found


def arrived(request):
    """Return the request as a view gets it."""
    got = []
    CutTypedNumbers(lambda request: got.append(request) or HttpResponse())(request)
    return got[0]


@pytest.mark.parametrize("typed", WAYS)
def test_a_number_among_words_is_cut_however_it_is_parted(typed):
    assert cut_typed(f"Ganti NIK {typed}, lama") == f"Ganti NIK {CUT}, lama"


@pytest.mark.parametrize("text", OTHERS)
def test_numbers_of_other_things_stay(text):
    assert cut_typed(f"Lihat {text}.") == f"Lihat {text}."


@given(st.from_regex(NIK_LIKE, fullmatch=True, alphabet=ASCII), st.text(max_size=9))
def test_no_number_in_one_piece_comes_through(number, words):
    assert number not in cut_typed(f"{words} {number} {words}")


@given(st.text(alphabet=st.characters(exclude_categories=["Nd"])))
def test_words_stay_as_they_are(words):
    assert cut_typed(words) == words


def test_a_form_is_cut_told_and_keeps_the_number_that_it_asked_for(heard):
    sent = {"reason": [f"NIK {NIK}", "b"], "nik": NIK, "n0-obstacle": NIK, "people": f"Siti\t{NIK}"}
    post = arrived(RequestFactory().post("/x/", sent)).POST
    assert post.getlist("reason") == [f"NIK {CUT}", "b"]
    assert (post["nik"], post["n0-obstacle"]) == (NIK, CUT)
    assert post["people"] == f"Siti\t{NIK}"
    assert len(heard) == 1


def test_words_beside_a_number_that_was_asked_for_are_cut_too():
    assert cut_value("nik", f"{NIK} (lama)") == f"{CUT} (lama)"


def test_a_form_without_one_is_left_alone_and_a_password_too(heard):
    assert arrived(RequestFactory().post("/x/", {"reason": "a"})).POST["reason"] == "a"
    address = "/accounts/password/change/"
    assert arrived(RequestFactory().post(address, {"password": NIK})).POST["password"] == NIK
    assert heard == []


def test_what_a_program_or_a_phone_sends_is_cut_in_every_depth():
    acts = {"acts": [{"number": 7, "why": f"KTP {NIK}", "more": {"note": int(NIK)}}], "nik": NIK}
    request = RequestFactory().post("/x/", json.dumps(acts), content_type="application/json")
    got = json.loads(arrived(request).body)
    cut = {"number": 7, "why": f"KTP {CUT}", "more": {"note": CUT}}
    assert got == {"acts": [cut], "nik": NIK}


@pytest.mark.parametrize("body", [f'{{"a": "{NIK}"', f"{'[' * 100_000}{NIK}"])
def test_what_is_no_json_is_left_to_who_reads_it(body):
    request = RequestFactory().post("/x/", body, content_type="application/json")
    assert arrived(request).body == body.encode()


def test_a_file_is_named_without_the_number(heard):
    file = SimpleUploadedFile(f"KTP {NIK}.pdf", b"%PDF")
    got = arrived(RequestFactory().post("/x/", {"file": file})).FILES["file"]
    assert (got.name, got.read()) == (f"KTP {CUT}.pdf", b"%PDF")
