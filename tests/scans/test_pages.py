"""Pages of signed papers: dropped, found, placed by hand, and shown with their record."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pulih.audit.models import Event
from pulih.delivery.papers import HANDOVER
from pulih.documents.lookups import code_in_force
from pulih.scans.models import PageState, ScanFile, ScanPage
from tests.make import delivery as make_delivery
from tests.make import scans as make
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    client.force_login(cast.provincial_officer())
    return client


def upload(content, name="pindaian.jpg"):
    return SimpleUploadedFile(name, content)


def text(answer):
    return answer.content.decode()


def letter(code):
    return make.jpeg(make.photo(make.printed(code)))


def test_dropped_files_are_taken_and_a_wrong_one_keeps_none_out(officer):
    files = [upload(letter(make.paper(1).code)), upload(b"", "kosong.pdf")]
    answer = officer.post(reverse("scans:bring"), {"files": files}, follow=True)
    assert ScanFile.objects.count() == 1
    assert "“kosong.pdf” kosong." in text(answer)
    nothing = officer.post(reverse("scans:bring"), follow=True)
    assert "Pilih paling sedikit satu berkas." in text(nothing)


def test_one_file_leads_to_its_page_which_asks_until_it_is_read(officer):
    answer = officer.post(reverse("scans:bring"), {"files": upload(letter(""))}, follow=True)
    assert 'hx-trigger="every 2s"' in text(answer)
    file = ScanFile.objects.get()
    make.actions.read(file.pk, now=make.NOW)
    url = reverse("scans:file", args=[file.pk])
    assert "menunggu ditempatkan" in text(officer.get(url))
    assert officer.get(url, headers={"HX-Request": "true"}).status_code == 286


def test_a_superseded_version_says_so(officer):
    old = make.paper(1)
    make.paper(1)
    file = make.read(letter(old.code))
    assert "Versi ini diganti sejak 15 Jun 2020." in text(
        officer.get(reverse("scans:file", args=[file.pk]))
    )


def test_a_page_that_waits_is_placed_by_number(officer):
    page = make.read(letter("")).pages.get()
    paper = make.paper(7)
    url = reverse("scans:page", args=[page.pk])
    assert reverse("scans:picture", args=[page.pk]) in text(officer.get(url))
    assert "7/UJI/2020" in text(officer.get(url, {"q": "7/uji"}))
    assert "Tidak ada dokumen" in text(officer.get(url, {"q": "tidak ada"}))
    attach = reverse("scans:attach", args=[page.pk])
    assert "Pilih salah satu dokumen" in text(officer.post(attach, {"paper": "x"}))
    assert officer.post(attach, {"paper": paper.pk}).status_code == 303
    page.refresh_from_db()
    assert page.state == PageState.ATTACHED
    assert "tidak lagi di tempat" in text(officer.post(attach, {"paper": paper.pk}))


def test_a_page_is_set_aside_with_a_reason_alone(officer):
    page = make.read(letter("")).pages.get()
    aside = reverse("scans:set-aside", args=[page.pk])
    officer.post(aside, {"reason": ""})
    assert ScanPage.objects.get().state == PageState.WAITING
    officer.post(aside, {"reason": "Brosur"})
    assert ScanPage.objects.get().state == PageState.SET_ASIDE


def test_the_next_page_of_the_file_that_waits_comes_up(officer):
    sheets = [make.spoil(make.photo(make.printed("")), make.Spoiled(turned=n)) for n in (0, 3)]
    first, second = make.read(make.pdf_of(*sheets)).pages.order_by("number")
    paper = make.paper(1)
    answer = officer.post(reverse("scans:attach", args=[first.pk]), {"paper": paper.pk})
    assert answer.url == reverse("scans:page", args=[second.pk])
    assert paper.number in text(officer.get(answer.url))  # The paper of the page before.


def test_the_picture_is_sent_to_who_sees_the_paper_and_written_down(officer, client):
    page = make.read(letter(make.paper(1).code)).pages.get()
    url = reverse("scans:picture", args=[page.pk])
    answer = officer.get(url)
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Event.objects.filter(verb="scans.open", subject_id=str(page.pk)).count() == 1
    client.force_login(cast.provincial_officer("Bali"))
    assert client.get(url).status_code == 404


def test_the_file_itself_is_sent_to_who_sees_all_its_pages_and_written_down(officer, client):
    content = letter(make.paper(1).code)
    file = make.read(content, "surat jalan.jpg")
    url = reverse("scans:download", args=[file.pk])
    assert url in text(officer.get(reverse("scans:file", args=[file.pk])))
    answer = officer.get(url)
    assert b"".join(answer.streaming_content) == content
    assert 'filename="surat jalan.jpg"' in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert Event.objects.filter(verb="scans.open_file", subject_id=str(file.pk)).count() == 1
    client.force_login(cast.provincial_officer("Bali"))
    assert client.get(url).status_code == 404


def test_a_file_with_a_page_of_another_office_or_without_one_is_not_sent(officer):
    file = make.read(letter(make.paper(1).code))
    url = reverse("scans:download", args=[file.pk])
    page, here = file.pages.get(), cast.area("Jawa Barat")
    ScanPage.objects.update(paper=make.paper(2, province=cast.area("Bali")))
    assert officer.get(url).status_code == 404
    ScanPage.objects.update(paper=page.paper, province=here, picture="")
    assert officer.get(url).status_code == 404
    assert url not in text(officer.get(reverse("scans:file", args=[file.pk])))


def test_a_file_that_nobody_has_read_yet_is_sent_to_who_brought_it_alone(officer, client):
    file = make.brought(letter(make.paper(1).code))
    url = reverse("scans:download", args=[file.pk])
    assert b"".join(officer.get(url).streaming_content)
    client.force_login(cast.auditor())
    assert client.get(url).status_code == 404


def test_programs_bring_a_scan_and_ask_what_became_of_it(officer, client):
    code = make.paper(1)
    answer = officer.post("/api/v1/scans/files", {"file": upload(letter(code.code))})
    assert (answer.status_code, answer.json()["state"]) == (201, "waiting")
    key = answer.json()["id"]
    make.actions.read(key, now=make.NOW)
    told = officer.get(f"/api/v1/scans/files/{key}").json()
    assert told["state"] == "done"
    assert told["pages"] == [{"number": 1, "state": "attached", "why": "", "paper": code.written}]
    again = officer.post("/api/v1/scans/files", {"file": upload(letter(code.code))})
    assert again.status_code == 409
    assert officer.get("/api/v1/scans/files").json()["total"] == 1
    client.force_login(cast.provincial_officer("Bali"))
    assert client.get(f"/api/v1/scans/files/{key}").status_code == 404
    client.force_login(cast.auditor())
    assert client.post("/api/v1/scans/files", {"file": upload(letter(""))}).status_code == 403
    client.force_login(cast.person("reviewer"))  # Works nowhere, and sees no files.
    assert client.get("/api/v1/scans/waiting").status_code == 403
    assert client.post("/api/v1/scans/files", {"file": upload(letter(""))}).status_code == 422


def test_a_record_leads_to_its_signed_copy(officer):
    sent = make_delivery.handover(make_delivery.stocked(make_delivery.activity()))
    code = code_in_force(HANDOVER, sent.pk)
    url = reverse("scans:paper", args=[code])
    record = reverse("delivery:handover", args=[sent.pk])
    assert url in text(officer.get(record))
    assert "Belum ada salinan bertanda tangan" in text(officer.get(url))
    make.read(letter(code))
    shown = text(officer.get(url))
    assert "pindaian.jpg" in shown
    assert record in shown
    assert officer.get(reverse("scans:paper", args=["0000"])).status_code == 404


def test_the_list_of_files_and_of_what_waits(officer):
    make.read(letter(""), "tanpa.jpg")
    assert "tanpa.jpg" in text(officer.get(reverse("scans:list")))
    assert "kode kotaknya tidak terbaca" in text(officer.get(reverse("scans:waiting")))
