"""The page of a file shows how its sheet was read, and an office fixes it there."""

import json
import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from xlsxwriter import Workbook

from pulih.inbox import actions, results, understood
from pulih.inbox.models import ColumnMapping, ImportBatch, Kind
from pulih.people.scope import speaking_for
from pulih.registry.models import Enterprise
from tests.make import inbox as make
from tests.people import cast

pytestmark = pytest.mark.django_db
TITLE = ("DAFTAR IKM TERDAMPAK", "", "", "", "")
HEADS = ("Nama Usaha", "Pemilik", "No KTP", "Kontak", "Catatan Dinas")
MANY = tuple(f"3212.0141.0180.{number:04d}" for number in range(1, 5))


def awkward(*more, office=None, by=None, as_of=make.AS_OF, start=1):
    """Read a list under a title, whose contacts are half telephones and half names."""
    rows = [
        (
            f"Usaha {n}",
            f"Siti {n}",
            make.nik(n),
            "Bu Ani" if n % 2 else f"08191120{n:04d}",
            f"lihat KTP {MANY[n % 4]}",
        )
        for n in range(start, start + 6)
    ]
    return make.read(HEADS, *rows, *more, heads=TITLE, office=office, by=by, as_of=as_of)


def sign_in(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")


def page_of(client, batch, language="id"):
    path = reverse("inbox:batch", args=[batch.pk])
    answer = client.get(path, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def answer(client, batch, **columns):
    """Answer the select of the heading `Kontak`, with the others as the page shows them."""
    shown = understood.tables(batch, "en")[0].columns
    said = {one.heading: "?" if one.asks else one.column for one in shown} | columns
    data = {"heading": list(said), "column": list(said.values()), "remember": "on"}
    return client.post(reverse("inbox:headings", args=[batch.pk]), data)


def test_the_page_draws_the_sheet_and_says_how_sure_each_column_is(client):
    batch = awkward()
    table = understood.tables(batch, "en")[0]
    assert [line.what for line in table.lines] == ["title", "heading", "data", "data", "data"]
    assert [line.row for line in table.lines] == [1, 2, 3, 4, 5]
    assert "of-table" not in table.lines[0].cells[0].edges.split()
    assert {"of-table", "at-top", "at-left"} <= set(table.lines[1].cells[0].edges.split())
    by_heading = {one.heading: one for one in table.columns}
    assert by_heading["No KTP"].sureness.tone == "good"
    assert by_heading["Kontak"].sureness.tone == "warn"
    assert [one.heading for one in table.columns if one.asks] == ["Kontak"]
    assert ("owner_name", "owner's name") in by_heading["Kontak"].instead
    sign_in(client, cast.provincial_officer())
    shown = page_of(client, batch)
    for words in ("Bagaimana lembar ini dibaca", "mohon pastikan", "yakin", "DAFTAR IKM"):
        assert words in shown
    select = re.search(r'aria-label="Arti Kontak">(.*?)</select>', shown, re.DOTALL)[1]
    values = re.findall(r'<option value="([^"]*)"', select)
    assert values[:4] == ["?", "owner_name", "phone", ""]


def test_no_whole_nik_is_kept_with_the_drawing_nor_shown(client):
    batch = awkward()
    sign_in(client, cast.provincial_officer())
    kept, shown = json.dumps(batch.layout), page_of(client, batch)
    for number in (*(make.nik(n) for n in range(1, 7)), *MANY):
        assert number not in kept
        assert number not in shown
    assert "3212••••••••0001" in shown


def test_an_answer_is_remembered_and_the_file_is_read_again_with_it(client):
    batch = awkward()
    sign_in(client, cast.provincial_officer())
    assert answer(client, batch, Kontak="").status_code == 303
    mapping = ColumnMapping.objects.get()
    assert (mapping.heading, mapping.column) == ("Kontak", "")
    again = actions.read(ImportBatch.objects.in_order().first().pk)
    assert again.supersedes_id == batch.pk
    kontak = next(c for c in understood.tables(again, "en")[0].columns if c.heading == "Kontak")
    assert (kontak.column, kontak.asks) == ("", False)
    following = awkward(as_of=date(2020, 8, 31), start=11)
    assert "Kontak" in following.unknown


def test_a_confirmed_column_is_not_asked_again(client):
    batch = awkward()
    sign_in(client, cast.provincial_officer())
    answer(client, batch, Kontak="phone")
    again = actions.read(ImportBatch.objects.in_order().first().pk)
    assert ColumnMapping.objects.get().column == "phone"
    assert Enterprise.objects.exclude(phone="").exists()
    assert understood.tables(again, "en")[0].asked == 0


def test_what_is_not_answered_is_not_taken_for_a_yes(client):
    batch = awkward()
    sign_in(client, cast.provincial_officer())
    answer(client, batch)
    assert not ColumnMapping.objects.exists()
    assert ImportBatch.objects.count() == 1


def test_another_office_does_not_get_the_answer(client):
    batch = awkward()
    sign_in(client, cast.provincial_officer())
    answer(client, batch, Kontak="")
    other = cast.provincial_officer("Jawa Tengah")
    with speaking_for(other):
        theirs = awkward(office=cast.area("Jawa Tengah"), by=other, start=21)
    kontak = next(c for c in understood.tables(theirs, "en")[0].columns if c.heading == "Kontak")
    assert kontak.column == "phone"


def test_a_person_of_another_area_finds_neither_page_nor_form(client):
    batch = awkward()
    sign_in(client, cast.provincial_officer("Jawa Tengah"))
    assert client.get(reverse("inbox:batch", args=[batch.pk])).status_code == 404
    assert answer(client, batch, Kontak="").status_code == 404
    assert not ColumnMapping.objects.exists()


def test_all_are_in_is_said_only_when_nothing_was_left_out(client):
    officer = cast.provincial_officer()
    sign_in(client, officer)
    whole = make.read(*[make.firm(f"Usaha {n}", nik=make.nik(n)) for n in range(1, 7)])
    assert "Semuanya sudah masuk." in page_of(client, whole)
    rows = [make.firm(f"Usaha {n}", nik=make.nik(n)) for n in range(11, 17)]
    note = ("Catatan: data sementara", *("",) * 7)
    parted = make.read(*rows[:3], note, *rows[3:], kind=Kind.FIRMS, as_of=date(2020, 8, 31))
    rules = set(parted.problems.values_list("rule", flat=True))
    assert "row_left_out" in rules
    shown = page_of(client, parted)
    assert "Semuanya sudah masuk." not in shown
    assert "dianggap catatan dan tidak dihitung" in shown


def test_a_file_read_before_drawings_were_kept_can_still_be_mended(client):
    batch = awkward()
    batch.layout = {"headings": batch.layout["headings"]}
    batch.save(update_fields=["layout"])
    sign_in(client, cast.provincial_officer())
    assert 'aria-label="Arti Kontak"' in page_of(client, batch)
    answer(client, batch, Kontak="owner_name")
    assert ColumnMapping.objects.get().column == "owner_name"


def test_a_heading_of_several_tables_is_asked_once_where_it_is_least_sure():
    batch = awkward()
    drawn = batch.layout["tables"][0]
    surer = [{**one, "sure": one["sure"] and 1.0} for one in drawn["columns"]]
    batch.layout["tables"] = [{**drawn, "columns": surer}, drawn]
    first, second = understood.tables(batch, "en")
    assert (first.asked, second.asked) == (0, 1)
    places = [one.heading for one in (*first.columns, *second.columns) if one.may_answer]
    assert sorted(places) == sorted(one["heading"] for one in drawn["columns"])


def test_the_page_leads_to_the_sheets_in_which_a_column_is_to_be_checked(client):
    file = BytesIO()
    with Workbook(file) as book:
        sure = book.add_worksheet("Desa A")
        sure.write_column(0, 0, ["Nama Usaha", "Batik Sari", "Batik Wangi"])
        sure.write_column(0, 1, ["Nama Pemilik", "Siti Aminah", "Dewi Sartika"])
        bare = book.add_worksheet("Desa B")
        for at, cells in enumerate(("Nama|Produk", "Warsini|Tempe", "Paijo|Tahu", "Sukinem|Kue")):
            bare.write_row(at, 0, cells.split("|"))
    file.seek(0)
    file.name = "daftar.xlsx"
    by, office = cast.provincial_officer(), cast.area("Jawa Barat")
    sent = actions.deliver(file, kind=Kind.FIRMS, office=office, by=by, as_of=make.AS_OF)
    batch = actions.read(sent.pk)
    assert [table.asked for table in understood.tables(batch, "en")] == [0, 1]
    sign_in(client, by)
    shown = page_of(client, batch)
    assert re.findall(r'href="#(table-\d)">(.*?)<', shown) == [("table-2", "Desa B")]
    assert 'id="table-2"' in shown


def test_a_table_whose_place_is_unsure_is_said_to_be_checked(client):
    batch = make.read(HEADS[:3], ("Tahu Sari", "Siti", make.nik(1)))
    (table,) = batch.layout["tables"]
    ImportBatch.objects.filter(pk=batch.pk).update(
        layout={**batch.layout, "tables": [{**table, "sure": 0.3}]}
    )
    sign_in(client, cast.provincial_officer())
    shown = page_of(client, batch)
    assert "letak 1 tabel perlu dipastikan" in shown
    assert "tidak ada yang perlu dipastikan" not in shown


@pytest.mark.parametrize("name", ["Kab. Banjar", "Jl. Merdeka No. 5", "Rp. Lima"])
def test_a_kind_of_problem_is_named_by_a_whole_sentence(name):
    said = f"Kabupaten/kota {name} diambil dari judul. Isi kolomnya bila ini salah."
    assert results.first_sentence(said) == f"Kabupaten/kota {name} diambil dari judul"


def test_what_a_cell_holds_ends_no_sentence():
    said = 'Nomor telepon "Bp. Udin" tidak dapat dibaca dan dikosongkan. Isi nomornya.'
    assert results.first_sentence(said) == said.partition(". Isi")[0]
