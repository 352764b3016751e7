"""A list of millions of rows is delivered in one file: read in the background, whole or not."""

import threading
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.urls import reverse
from xlsxwriter import Workbook

from pulih.common.errors import Refusal
from pulih.delivery.actions import list_files
from pulih.delivery.models import ComparisonEntry, ComparisonList, ListFile
from pulih.delivery.nik_keys import key_of
from pulih.inbox import uploads
from pulih.people.scope import SAY, speaking_for, spoken_for
from tests.make import areas
from tests.make import delivery as make
from tests.make.list_files import list_file
from tests.meanwhile import until
from tests.people import cast

pytestmark = pytest.mark.django_db
HERE = "/delivery/comparisons/files/"


def of(*numbers):
    return "nik\n" + "".join(f"{make.nik(number)}\n" for number in numbers)


def read(file):
    with speaking_for(file.delivered_by):
        return list_files.read(file.pk)


def english(client, url):
    client.cookies["pulih_language"] = "en"
    page = client.get(url).content.decode()
    del client.cookies["pulih_language"]
    return page


def test_a_large_file_is_read_in_the_background_and_its_page_tells_what_came_of_it(
    client, django_capture_on_commit_callbacks
):
    client.force_login(cast.provincial_officer())
    rows = "".join(f"{make.nik(at % 300)},{'x' * 4_000}\n" for at in range(301))
    sent = client.post(
        reverse("delivery:new-comparison"),
        {
            "kind": "deceased", "source": "Dukcapil", "as_of": "2020-06-20",
            "covers": areas.province().pk,
            "file": SimpleUploadedFile("besar.csv", f"nik,catatan\n{rows}".encode()),
        },
    )  # fmt: skip
    file = ListFile.objects.get()
    url = reverse("delivery:list-file", args=[file.pk])
    assert (sent.status_code, sent["Location"]) == (303, url)
    assert "sedang dibaca" in client.get(url).content.decode()
    assert client.get(f"{url}progress/").status_code == 200
    assert uploads.exists(file.stored_name)
    assert not ComparisonList.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        read(file)
        read(file)  # As a second worker, which finds it read.
    made = ComparisonList.objects.get()
    assert (made.row_count, made.entries.count(), made.sha256) == (300, 300, file.sha256)
    assert not uploads.exists(file.stored_name)
    page = client.get(url).content.decode()
    assert "300 nomor yang berbeda" in page
    assert "300 different numbers" in english(client, url)
    assert client.get(f"{url}progress/", headers={"HX-Request": "true"}).status_code == 286
    assert "besar.csv" in client.get(HERE).content.decode()
    assert client.get("/api/v1/delivery/list-files").json()["rows"][0]["faults"] == 0


def test_rows_that_cannot_be_used_are_told_in_both_languages_and_nothing_is_stored(client):
    file = list_file(of(1) + "".join(f"{make.nik(2)}{at}\n" for at in range(25)))
    assert read(file).state == "refused"
    assert not ComparisonList.objects.exists()
    client.force_login(cast.planner())
    url = reverse("delivery:list-file", args=[file.pk])
    page, other = client.get(url).content.decode(), english(client, url)
    assert "25 hal dalam berkas ini harus diperbaiki" in page
    assert "Baris 3, kolom nik" in page
    assert "dan 5 lagi" in page
    assert "25 things in this file must be mended" in other
    assert "Row 3, column nik" in other
    assert make.nik(2) not in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"nik\n\x00\x01", "bukan berkas CSV"),
        (b"PK\x03\x04 rusak", ""),
        (b"nama\nSiti\n", "kolom nik"),
        (b"nik\n", "tidak berisi baris data"),
        (b'nik\n"3212155101870001\n' + b"3212155101870002\n" * 9_000, "tanda kutip"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(content, said):
    file = read(list_file(content))
    assert file.state == "refused"
    assert said in " ".join([file.problem_indonesian, *(one[0] for one in file.faults)])
    assert file.problem_en != file.problem_indonesian


def test_the_last_answer_of_a_number_counts_whatever_signs_a_file_is_written_in():
    rows = "".join(
        f"{make.nik(1)};{status};{name}\r\n" for status, name in (
            ("sesuai", "Andr\xe9"), ("meninggal", "Andr\xe9"))
    )  # fmt: skip
    content = f"Nomor KTP;Jawaban;Nama\r\n{rows}".encode("cp1252")
    assert read(list_file(content, "civil_registry")).state == "done"
    assert ComparisonEntry.objects.get().status == "deceased"


def test_every_sheet_of_a_workbook_is_read_and_named_where_it_is_wrong():
    made = BytesIO()
    with Workbook(made) as book:
        for name, number in (("Satu", make.nik(1)), ("Dua", make.nik(2)), ("Tiga", "12")):
            sheet = book.add_worksheet(name)
            sheet.write_column(0, 0, ["NIK", number])
    file = read(list_file(made.getvalue(), name="daftar.xlsx"))
    assert [one[0][:24] for one in file.faults] == ["Lembar “Tiga”: Baris 2, "]
    book = BytesIO()
    with Workbook(book) as again:
        for number in (1, 2):
            again.add_worksheet().write_column(0, 0, ["NIK", make.nik(number)])
    assert read(list_file(book.getvalue(), name="daftar.xlsx")).made.row_count == 2


def test_a_part_waits_for_the_first_file_and_the_same_file_is_taken_once():
    with pytest.raises(Refusal, match="Belum ada daftar"):
        list_file(of(3), is_part=True)
    first, part = list_file(of(1)), list_file(of(2), is_part=True)
    with pytest.raises(Refusal):
        list_file(of(1))
    read(first)
    assert read(part).made.part_of == ListFile.objects.get(pk=first.pk).made


def test_only_the_office_that_sent_a_file_and_the_ministry_see_it(client):
    file = list_file(of(1), by=cast.provincial_officer())
    url = reverse("delivery:list-file", args=[file.pk])
    for person, status in ((cast.planner(), 200), (cast.provincial_officer("Bali"), 404)):
        client.force_login(person)
        assert client.get(url).status_code == status
    list_files.end_abandoned(file, by=cast.planner())
    assert ListFile.objects.get().state == "refused"


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_dies_in_the_middle_leaves_nothing_and_the_next_counts_once(monkeypatch):
    monkeypatch.setattr(list_files, "PIECE_ROWS", 2_000)
    file = list_file(of(*[*range(10_000)] * 10))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        reader = cursor.fetchone()[0]
    killer = threading.Thread(target=kill_in_the_middle, args=(file, reader))
    killer.start()
    with pytest.raises(DatabaseError), speaking_for(file.delivered_by):
        list_files.read(file.pk)
    killer.join(30)
    connection.close()
    with speaking_for(file.delivered_by):
        assert not ComparisonList.objects.exists()
        assert not ComparisonEntry.objects.exists()
        kept = ListFile.objects.get()
        assert (kept.state, kept.attempts) == ("waiting", 1)
        assert 0 < kept.rows_read < 100_000
        read(kept)
        assert ComparisonList.objects.get().row_count == 10_000
        assert ComparisonEntry.objects.count() == 10_000
        assert ComparisonEntry.objects.filter(nik_key=key_of(make.nik(9_999))).count() == 1


def kill_in_the_middle(file, reader):
    beside = connection.copy()
    with beside.cursor() as cursor:
        cursor.execute(SAY, spoken_for(file.delivered_by))

        def has_begun():
            cursor.execute("SELECT rows_read FROM delivery_listfile WHERE id = %s", [file.pk])
            return cursor.fetchone()[0] > 0

        until(has_begun)
        cursor.execute("SELECT pg_terminate_backend(%s)", [reader])
    beside.close()
