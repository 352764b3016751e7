"""Numbers of persons in delivered files: cut for who takes them, and never told digit by digit."""

import io
import re
import zipfile

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pulih.audit.models import Event
from pulih.common.identity_numbers import NIK_LIKE
from pulih.inbox import row_search
from pulih.inbox.models import CellProblem, ImportBatch
from tests.make import budget as make_budget
from tests.make import inbox as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
HEADS = (*make.HEADS, "No KK", "NPWP", "Keterangan", "Kode Lama")
CARD, TAX, LOST = "3212010101200009", "012345678901234", "3212154505790077"
SPACED = "3212 0145 0879 00123"
NUMBERS = (make.nik(1), CARD, TAX, LOST, SPACED.replace(" ", ""))


@made_once
def batch():
    odd = make.firm("UD Maju", nik=SPACED)
    return make.read(
        (*make.firm(nik=make.nik(1)), CARD, TAX, f"NIK lama {LOST}", LOST),
        (*odd, "", "", "", ""),
        heads=HEADS,
    )


def ask(client, person, view, batch, **asked):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(f"inbox:{view}", args=[batch.pk]), asked)


def cells(answer):
    """Return all that a workbook holds, whatever part of it."""
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:
        return "\n".join(book.read(name).decode(errors="replace") for name in book.namelist())


def whole(text):
    plain = text.replace(" ", "")
    return [number for number in NUMBERS if number in plain]


def test_a_planner_takes_the_marked_file_cut_though_it_was_written_whole(client, batch):
    text = cells(ask(client, cast.planner(), "checked", batch))
    assert whole(text) == []
    assert "Konveksi Sari Wangi" in text
    assert "3212••••••••0001" in text
    assert "jangan kirim salinan ini" in text
    assert not Event.objects.filter(verb="inbox.open_checked").exists()


def test_an_officer_takes_it_whole_and_that_is_written_down(client, batch):
    officer = cast.provincial_officer()
    assert make.nik(1) in cells(ask(client, officer, "checked", batch))
    event = Event.objects.get(verb="inbox.open_checked")
    assert (event.person_id, event.subject_id) == (officer.pk, str(batch.pk))


def test_no_problem_holds_a_whole_number(batch):
    problems = CellProblem.objects.filter(batch=batch)
    assert problems.filter(column="nik").exists()
    kept = list(problems.values_list("value", "message_indonesian", "message_en"))
    assert whole(str(kept)) == []


def test_headings_that_are_numbers_are_kept_cut():
    row = (*make.firm(nik=make.nik(2)), "7")
    made = make.read(row, heads=(*make.HEADS, f"Kode {LOST}"))
    assert made.unknown == ["Kode 3212••••••••0077"]
    kept = ImportBatch.objects.filter(pk=made.pk).values("recognised", "unknown", "problem_en")
    assert whole(str(list(kept))) == []


@pytest.mark.parametrize("number", [make.nik(1), CARD, TAX, LOST])
def test_a_part_of_a_number_finds_no_row(client, batch, number):
    for length in (1, 4, 8, 12, 14):
        answer = ask(client, cast.planner(), "rows", batch, q=f'"nik": "{number[:length]}')
        assert answer.context["lines"] == []
    assert ask(client, cast.planner(), "rows", batch, q=number[:14]).context["lines"] == []
    assert not Event.objects.filter(verb="inbox.search_number").exists()


def test_a_whole_number_finds_its_row_and_is_written_down_without_it(client, batch):
    planner = cast.planner()
    assert len(ask(client, planner, "rows", batch, q=make.nik(1)).context["lines"]) == 1
    assert ask(client, planner, "rows", batch, q=make.nik(5)).context["lines"] == []
    events = Event.objects.filter(verb="inbox.search_number").order_by("id")
    assert [one.detail for one in events] == [{"found": 1}, {"found": 0}]
    assert {(one.person_id, one.subject_id) for one in events} == {(planner.pk, str(batch.pk))}


def test_words_still_find_their_rows(client, batch):
    for words in ("sari wangi", "Maju"):
        assert len(ask(client, cast.planner(), "rows", batch, q=words).context["lines"]) == 1


@pytest.mark.parametrize("view", ["batch", "rows", "problems", "piece"])
def test_no_page_shows_a_whole_number_in_whatever_column_it_was_typed(client, batch, view):
    assert whole(ask(client, cast.provincial_officer(), view, batch).content.decode()) == []


SP2D, PARTED = "200231301000999", "3212 1545 0579 0088"


@made_once
def payments():
    """Deliver an SP2D list; in a column of words somebody typed a NIK, in two ways."""
    unit = make_budget.unit()
    line = make_budget.line(unit, "3038.001.051.A.522151", ceiling=10_000_000)
    heads = ("Kode Satker", "No SP2D", "Tgl SP2D", "Kode", "Bruto", "Keperluan")
    row = (unit.code, SP2D, "12/05/2020", line.line_key, "1", f"Honor {LOST} atau {PARTED}")
    who = {"by": cast.planner(), "office": unit.province}
    return make.read(row, heads=heads, kind="treasury", **who)


ASCII = st.characters(codec="ascii")
FIGURES = st.from_regex(NIK_LIKE, fullmatch=True, alphabet=ASCII) | st.from_regex(
    r"[0-9]{14,16}", fullmatch=True
)


@given(FIGURES, st.lists(st.sampled_from(["", " ", ".", "-"]), min_size=15))
def test_a_parted_number_is_one_of_a_person_when_it_is_one_in_one_piece(figures, parts):
    pairs = zip(figures[1:], parts, strict=False)
    written = figures[0] + "".join(part + figure for figure, part in pairs)
    assert bool(re.search(row_search.OF_A_NIK, written)) == bool(NIK_LIKE.search(figures))


def found(client, batch, words):
    return len(ask(client, cast.planner(), "rows", batch, q=words).context["lines"])


@pytest.mark.parametrize("words", [SP2D, SP2D[:14], SP2D[3:9], "honor"])
def test_a_payment_is_found_by_its_number_or_a_part_and_nothing_is_written_down(
    client, payments, words
):
    assert found(client, payments, words) == 1
    assert found(client, payments, "200231301000998") == 0
    assert not Event.objects.filter(verb="inbox.search_number").exists()


def test_a_number_typed_among_payments_is_not_told_figure_by_figure(client, payments):
    for length in (1, 4, 8, 12, 14, 15):
        assert found(client, payments, f"Honor {LOST[:length]}") == 0
        assert found(client, payments, f"atau {PARTED[:length]}") == 0
        assert found(client, payments, LOST[-length:]) == 0
    assert not Event.objects.filter(verb="inbox.search_number").exists()
    assert found(client, payments, LOST) == 0  # It stands in no column of numbers.
    assert Event.objects.filter(verb="inbox.search_number").count() == 1
