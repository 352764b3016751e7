"""An office delivers lists, checks its applicants, waives, and tells people by a link."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from xlsxwriter import Workbook

from pulih.delivery.models import Applicant, ComparisonEntry, ComparisonList, Objection
from pulih.delivery.reads.checks import objections_for
from pulih.people.links.models import Link
from tests.make import areas
from tests.make import delivery as make
from tests.make import registry as make_registry
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client):
    client.force_login(cast.provincial_officer())

    def post(name, /, *arguments, **typed):
        return client.post(reverse(f"delivery:{name}", args=arguments), typed)

    return post


def file_of(text, name="daftar.csv"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def test_a_list_is_delivered_with_source_day_and_coverage(send, client):
    typed = {"kind": "deceased", "source": "Dukcapil, surat 12", "as_of": "2020-06-20"}
    jabar = areas.province().pk
    wrong = send("new-comparison", **typed, covers=jabar, file=file_of("nik\n321\n"))
    assert "NIK 16 angka" in wrong.content.decode()
    no_head = send("new-comparison", **typed, covers=jabar, file=file_of("a\n1\n"))
    assert "kolom nik" in no_head.content.decode()
    later = send(
        "new-comparison", **{**typed, "as_of": "2099-01-01"}, covers=jabar,
        file=file_of(f"nik\n{make.nik(1)}\n"),
    )  # fmt: skip
    assert "belum tiba" in later.content.decode()
    assert not ComparisonList.objects.exists()
    taken = send("new-comparison", **typed, covers=jabar, file=file_of(f"NIK\n{make.nik(1)}\n"))
    assert taken.status_code == 303
    assert ComparisonList.objects.get().covers == [jabar]
    page = client.get(reverse("delivery:comparisons")).content.decode()
    assert "Dukcapil, surat 12" in page
    assert "Jawa Barat" in page
    assert make.nik(1) not in page


def test_a_second_file_is_a_part_or_takes_the_place_and_the_page_says_so(send, client):
    typed = {"kind": "deceased", "source": "Dukcapil", "as_of": "2020-06-20",
             "covers": areas.province().pk}  # fmt: skip
    numbers = [f"nik\n{make.nik(number)}\n" for number in (1, 2, 3)]
    for text, more in zip(numbers, ({}, {"is_part": "on"}, {}), strict=True):
        assert send("new-comparison", **typed, **more, file=file_of(text)).status_code == 303
    first, part, other = ComparisonList.objects.order_by("pk")
    assert (first.part_of, part.part_of, other.part_of) == (None, first, None)
    page = client.get(reverse("delivery:comparisons")).content.decode()
    assert page.count("menggantikan daftar hari yang sama") == 1


def test_a_list_that_names_nobody_is_delivered_where_somebody_says_so(send):
    typed = {"source": "Dukcapil, surat 13", "as_of": "2020-06-20", "covers": areas.province().pk}
    blank = {**typed, "kind": "deceased"}
    forgotten = send("new-comparison", **blank, file=file_of("nik\n"))
    assert "tidak berisi baris data" in forgotten.content.decode()
    names_one = send(
        "new-comparison", **blank, names_nobody="on", file=file_of(f"nik\n{make.nik(1)}\n")
    )
    assert "memuat 1 orang" in names_one.content.decode()
    answers = {**typed, "kind": "civil_registry", "names_nobody": "on"}
    no_answer = send("new-comparison", **answers, file=file_of("nik,status\n"))
    assert "tidak berisi baris data" in no_answer.content.decode()
    assert not ComparisonList.objects.exists()
    taken = send("new-comparison", **blank, names_nobody="on", file=file_of("nik\n"))
    assert taken.status_code == 303
    assert ComparisonList.objects.get().row_count == 0


def test_lists_of_many_provinces_ask_for_their_names_at_once(client):
    client.force_login(cast.planner())
    asked = []
    for covers in (["Bali"], ["Jawa Barat", "Bali"], ["Banten"], ["Aceh"]):
        make.listed("deceased", covers=covers)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("delivery:comparisons")).content.decode()
        asked.append(len(queries))
        assert all(name in page for name in covers)
    assert asked[-1] == asked[1]  # The first page of a test also fills what is kept.


def test_a_workbook_is_read_too_and_other_files_are_refused(send, client):
    client.force_login(cast.planner())
    made = BytesIO()
    with Workbook(made) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate((("NIK", "Hasil", "Nama"), (make.nik(1), "Sesuai", "Siti"))):
            sheet.write_row(row, 0, cells)
    typed = {"kind": "civil_registry", "source": "Dukcapil", "as_of": "2020-06-20"}
    taken = send("new-comparison", **typed, file=file_of(made.getvalue(), "jawaban.xlsx"))
    assert taken.status_code == 303
    entry = ComparisonEntry.objects.get()
    assert entry.status == "match"
    assert len(entry.name_key) == 64
    refused = send("new-comparison", **typed, file=file_of(b"\x00\x01\x02"))
    assert "CSV atau XLSX" in refused.content.decode()


def test_from_applicants_to_a_decision_on_each_that_is_not_known(send, client):
    activity = make.activity()
    pasted = {"regency": areas.regency().pk, "people": make.roster(2)}
    assert send("add-applicants", activity.pk, **pasted).status_code == 303
    assert send("add-applicants", activity.pk, **pasted).status_code == 303
    assert Applicant.objects.count() == 2
    outside = send("add-applicants", activity.pk, **{**pasted, "people": "x"})
    assert "Baris 1" in outside.content.decode()
    assert send("run-checks", activity.pk, stage="selection").status_code == 303
    page = client.get(reverse("delivery:checks", args=[activity.pk])).content.decode()
    assert "belum ada untuk provinsi ini" in page
    held_back = client.get(reverse("delivery:checks", args=[activity.pk])).context["blocked"]
    for told in held_back.rows[0].blocking:
        assert f"{told.label}: {told.reason}" in " ".join(page.split())
    assert make.nik(1) not in page
    mine = {"check": "size", "stage": "selection", "reason": "pekerja"}
    assert "sendiri" in send("waive-all", activity.pk, **mine).content.decode()
    one = Applicant.objects.earliest("pk")
    shown = client.get(reverse("delivery:applicant", args=[one.pk])).content.decode()
    assert "Orang lain" in shown
    waive_url = reverse("delivery:waive-all", args=[activity.pk])
    assert waive_url not in page
    client.force_login(cast.planner())
    too_long = send(
        "waive-all", activity.pk, **{**mine, "reason": "pekerja " * 50}
    ).content.decode()
    assert waive_url in too_long
    assert 'value="pekerja pekerja' in too_long
    assert '<option value="size" selected>' in too_long
    assert send("waive-all", activity.pk, **mine).status_code == 303
    after = client.get(reverse("delivery:checks", args=[activity.pk])).content.decode()
    assert "“industri kecil atau menengah” dikecualikan bagi 2 orang." in after
    one = Applicant.objects.earliest("pk")
    shown = client.get(reverse("delivery:applicant", args=[one.pk])).content.decode()
    assert "pekerja" in shown
    result = one.results.get().pk
    typed = {"check": "deceased", "reason": "datang sendiri"}
    assert send("waive", one.pk, result, **typed).status_code == 303
    assert "sudah dikecualikan" in send("waive", one.pk, result, **typed).content.decode()
    assert send("withdraw", one.pk, withdrawn_on="2020-06-22").status_code == 303


def test_owners_of_firms_that_fit_apply_from_the_register(send):
    firms = make_registry.firms(2, office=areas.regency())
    assert firms
    activity = make.activity()
    typed = {"profile": "centre_member", "area": areas.regency().pk}
    answer = send("add-from-register", activity.pk, **typed)
    assert answer.status_code == 303
    assert set(Applicant.objects.values_list("origin", flat=True)) <= {"register"}


def test_the_person_reads_by_a_link_what_was_found_and_objects(send, client):
    activity = make.activity()
    one, other = make.applicants(activity, 2)
    make.listed("deceased", [make.nik(1)])
    make.checked(activity, by=cast.planner())
    given = send("give-answer-link", one.pk).content.decode()
    link = Link.objects.get()
    assert link.valid_to - link.valid_from == timedelta(days=92)  # As one that the form gives.
    address = given.partition('<code class="link">')[2].partition("</code>")[0]
    client.logout()
    # The test's transaction is older than the link, and PostgreSQL asks its clock.
    Link.objects.update(valid_from=F("valid_from") - timedelta(hours=1))
    page = client.get(address, follow=True)
    assert "dinyatakan meninggal" in page.content.decode()
    here = page.request["PATH_INFO"]
    typed = {"result": one.results.get().pk, "check": "deceased", "said": "Saya hidup"}
    stranger = client.post(here, {**typed, "result": other.results.get().pk})
    assert stranger.status_code == 404
    assert "tidak gagal" in client.post(here, {**typed, "check": "size"}).content.decode()
    too_long = client.post(here, {**typed, "said": "Saya hidup. " * 50}).content.decode()
    assert "Saya hidup. Saya hidup." in too_long
    assert client.post(here, typed).status_code == 303
    assert "Keberatan Anda dijawab" in client.get(here).content.decode()
    objection = Objection.objects.get()
    assert objection.link_id
    assert objections_for(cast.planner()).count() == 0
    assert objections_for(cast.provincial_officer()).count() == 1
    client.force_login(cast.provincial_officer())
    settled = {"answer": "upheld", "reason": "bertemu orangnya"}
    url = reverse("delivery:answer-objection", args=[one.pk, objection.pk])
    assert client.post(url, settled).status_code == 303
    assert "sudah dijawab" in client.post(url, settled).content.decode()
    assert "bertemu orangnya" in client.get(here).content.decode()


def test_lists_of_applicants_and_objections_show_no_whole_number(client):
    activity = make.activity()
    make.applicants(activity, 2)
    make.listed("deceased", [make.nik(1)])
    make.objection(make.checked(activity).results.earliest("pk"))
    client.force_login(cast.auditor())
    page = client.get(reverse("delivery:applicants"), {"check": "deceased"})
    assert page.context["list"].page.total == 1
    assert make.nik(1) not in page.content.decode()
    page = client.get(reverse("delivery:objections"), {"waiting": "on"})
    assert page.context["list"].page.total == 1
    api = client.get("/api/v1/delivery/applicants").content.decode()
    assert make.nik(1) not in api
