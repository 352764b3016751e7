"""Scans find their papers; what does not waits for a hand, and nothing is taken twice."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from pulih.audit.models import Event
from pulih.common.errors import Refusal
from pulih.documents.actions import end
from pulih.documents.codes import new_code
from pulih.documents.models import PaperState
from pulih.intake import child
from pulih.intake.in_child import Interrupted
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.scans import actions, jobs
from pulih.scans.lookups import pages_for, papers_like, waiting_for
from pulih.scans.models import FileState, PageState, ScanFile, ScanPage, Why
from tests.make import scans as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def scan(*codes, name="pindaian.pdf", by=None, **how):
    """Bring one PDF with a page for each code, and read it; return its pages."""
    spoiled = make.Spoiled(**how)
    sheets = [make.spoil(make.photo(make.printed(code)), spoiled) for code in codes]
    file = make.read(make.pdf_of(*sheets), name, by)
    return list(file.pages.order_by("number"))


def states(pages):
    return [(one.state, one.why) for one in pages]


def test_each_page_of_a_mixed_file_finds_its_own_paper():
    first, second = make.paper(1), make.paper(2)
    pages = scan(second.code, first.code, second.code, turned=176)
    assert [one.paper for one in pages] == [second, first, second]
    assert {one.state for one in pages} == {PageState.ATTACHED, PageState.REPEATED}
    assert pages[2].state == PageState.REPEATED  # The same picture a second time.
    assert pages[0].decided_by == cast.provincial_officer()
    assert not pages[0].by_hand


def test_a_page_of_an_earlier_version_goes_to_that_version():
    old = make.paper(1)
    new = make.paper(1, dated=date(2020, 7, 1))
    (page,) = scan(old.code)
    assert page.paper == old != new
    old.refresh_from_db()
    assert (page.state, old.state) == (PageState.ATTACHED, PaperState.REPLACED)
    end(make.KIND, 1, PaperState.WITHDRAWN, on=date(2020, 7, 2))
    (page,) = scan(new.code)
    assert page.paper.state == PaperState.WITHDRAWN


def test_what_is_unread_foreign_or_unknown_waits_and_says_why():
    foreign = make.photo(make.printed(new_code()))
    blank = foreign.point(lambda _shade: 250)
    file = make.read(make.pdf_of(foreign, blank), "campur.pdf")
    assert states(file.pages.order_by("number")) == [
        (PageState.WAITING, Why.UNKNOWN), (PageState.SET_ASIDE, Why.BLANK)
    ]  # fmt: skip
    unread = make.read(make.jpeg(make.photo(make.printed(""))), "tanpa.jpg")
    assert states(unread.pages.all()) == [(PageState.WAITING, Why.NO_CODE)]
    assert waiting_for(cast.provincial_officer()).count() == 2


def test_a_page_with_codes_of_two_papers_waits():
    one, two = (make.photo(make.printed(make.paper(n).code)) for n in (1, 2))
    one.paste(two.crop((0, 0, two.width, two.height // 2)), (0, one.height // 2))
    file = make.read(make.jpeg(one, 90))
    assert states(file.pages.all()) == [(PageState.WAITING, Why.SEVERAL)]


def test_a_paper_of_another_province_is_not_attached_and_its_office_sees_nothing():
    paper = make.paper(1, province=cast.area("Bali"))
    (page,) = scan(paper.code)
    assert states([page]) == [(PageState.WAITING, Why.NOT_YOURS)]
    with pytest.raises(Refusal, match="tidak dapat Anda lihat"):
        actions.attach(page, paper, by=cast.provincial_officer(), now=make.NOW)
    with speaking_for(cast.provincial_officer("Bali")):
        assert not ScanPage.objects.exists()


def test_a_scan_of_the_province_is_seen_by_the_regency_of_its_paper_alone():
    paper = make.paper(1, regency=cast.area("Kab. Indramayu"))
    (page,) = scan(paper.code)
    for of, sees in (("Kab. Indramayu", True), ("Kab. Garut", False)):
        officer = cast.regency_officer(of)
        with speaking_for(officer):
            assert ScanPage.objects.filter(pk=page.pk).exists() == sees
            assert pages_for(officer).filter(pk=page.pk).exists() == sees
            assert not ScanFile.objects.exists()


def test_the_same_file_is_taken_once_and_by_another_office_too():
    content = make.jpeg(make.photo(make.printed(make.paper(1).code)))
    make.read(content)
    with pytest.raises(Refusal, match=r"sudah dikirim sebagai “pindaian\.jpg” pada 15 Jun 2020"):
        make.brought(content, "lagi.jpg")
    assert ScanFile.objects.count() == 1
    other = make.read(content, by=cast.planner())
    assert states(other.pages.all()) == [(PageState.REPEATED, Why.NONE)]


def test_a_refused_file_says_why_and_may_be_brought_again():
    refused = make.read(b"%PDF-1.7 rusak", "rusak.pdf")
    assert refused.state == FileState.REFUSED
    assert refused.problem_indonesian.startswith("“rusak.pdf” rusak")
    assert not refused.pages.exists()
    assert make.brought(b"%PDF-1.7 rusak", "rusak.pdf").state == FileState.WAITING
    with pytest.raises(Refusal, match="is empty"):
        make.brought(b"", "kosong.pdf")


def test_reading_twice_changes_nothing():
    (page,) = scan(make.paper(1).code)
    actions.read(page.file_id, now=make.NOW)
    assert ScanPage.objects.count() == 1
    assert Event.objects.filter(verb="scans.read").count() == 1


def test_a_scan_waits_when_its_reader_was_killed_which_says_nothing_of_it(monkeypatch):
    def killed_at_once(reader):
        reader.process.kill()
        reader.process.wait()
        return True

    file = make.brought(make.jpeg(make.photo(make.printed(""))))
    child.close_idle()
    with monkeypatch.context() as patch, speaking_for(file.brought_by):
        patch.setattr(child.Child, "_becomes_ready", killed_at_once)
        with pytest.raises(Interrupted):
            actions.read(file.pk, now=make.NOW)
    file.refresh_from_db()
    assert (file.state, file.attempts) == (FileState.WAITING, 1)
    with speaking_for(file.brought_by):
        assert actions.read(file.pk, now=make.NOW).state == FileState.DONE


def test_what_brings_the_reader_down_is_tried_three_times():
    file = make.brought(make.jpeg(make.photo(make.printed(""))))
    ScanFile.objects.filter(pk=file.pk).update(attempts=3)
    assert actions.read(file.pk, now=make.NOW).state == FileState.REFUSED


def test_a_hand_attaches_takes_off_and_sets_aside():
    officer, paper = cast.provincial_officer(), make.paper(1)
    (page,) = scan("")
    page = actions.attach(page, paper, by=officer, now=make.NOW)
    assert (page.state, page.by_hand, page.paper) == (PageState.ATTACHED, True, paper)
    with pytest.raises(Refusal, match="tidak lagi di tempat"):
        actions.attach(page, make.paper(2), by=officer, now=make.NOW)
    page = actions.detach(page, reason="Bukan ini", by=officer, now=make.NOW)
    assert (page.state, page.paper, page.reason) == (PageState.WAITING, None, "Bukan ini")
    page = actions.set_aside(page, reason="Brosur", by=officer, now=make.NOW)
    assert page.state == PageState.SET_ASIDE
    with pytest.raises(Refusal, match="tidak lagi di tempat"):
        actions.detach(page, reason="Salah", by=officer, now=make.NOW)
    assert actions.attach(page, paper, by=officer, now=make.NOW).state == PageState.ATTACHED
    assert page.events.count() == 4
    verbs = set(Event.objects.filter(subject_id=str(page.pk)).values_list("verb", flat=True))
    assert verbs >= {"scans.attach", "scans.detach", "scans.set_aside"}


def test_the_same_picture_is_not_attached_twice_to_one_paper():
    officer, paper = cast.provincial_officer(), make.paper(1)
    sheet = make.photo(make.printed(""))
    first, second = make.read(make.pdf_of(sheet, sheet)).pages.order_by("number")
    actions.attach(first, paper, by=officer, now=make.NOW)
    with pytest.raises(Refusal, match="diterima satu kali"):
        actions.attach(second, paper, by=officer, now=make.NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScanPage.objects.filter(pk=second.pk).update(state="attached", paper=paper)


def test_a_regency_takes_off_what_its_province_brought_and_keeps_it():
    regency = cast.area("Kab. Indramayu")
    (page,) = scan(make.paper(1, regency=regency).code)
    officer = cast.regency_officer()
    with speaking_for(officer):
        actions.detach(page, reason="Bukan kami", by=officer, now=make.NOW)
    page.refresh_from_db()
    assert (page.state, page.regency) == (PageState.WAITING, regency)


def test_only_who_delivers_files_brings_and_places():
    (page,) = scan("")
    auditor = cast.auditor()
    with pytest.raises(PermissionDenied):
        make.brought(b"%PDF-1.7", by=auditor)
    for act in (
        lambda: actions.attach(page, make.paper(1), by=auditor, now=make.NOW),
        lambda: actions.set_aside(page, reason="x", by=auditor, now=make.NOW),
        lambda: actions.detach(page, reason="x", by=auditor, now=make.NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_paper_is_found_by_a_part_of_its_number_or_by_its_code():
    officer, paper = cast.provincial_officer(), make.paper(7)
    make.paper(8, province=cast.area("Bali"))
    assert papers_like("7/UJI", officer) == [paper]
    assert papers_like(paper.written.lower(), officer) == [paper]
    assert papers_like("8/UJI", officer) == papers_like(" ", officer) == []


def test_without_a_person_there_are_no_rows():
    scan(make.paper(1).code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pulih.person', '', false)")
    assert not ScanPage.objects.exists()
    assert not ScanFile.objects.exists()


def test_what_waits_is_queued_again_until_it_is_read():
    file = make.brought(make.jpeg(make.photo(make.printed(""))))
    jobs.take_up(0)
    jobs.take_up(0)  # Once, however often.
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'scans.read'")
        assert cursor.fetchone() == (1,)
    jobs.read(file_id=file.pk, person_id=file.brought_by_id)
    file.refresh_from_db()
    assert file.state == FileState.DONE


def test_a_scan_whose_bringer_may_deliver_no_more_is_refused_instead_of_failing_each_minute():
    file = make.brought(make.jpeg(make.photo(make.printed(""))), "a.jpg", cast.provincial_officer())
    User.objects.filter(pk=file.brought_by_id).update(is_active=False)
    jobs.take_up.func(timestamp=0)
    file.refresh_from_db()
    assert file.state == FileState.REFUSED
    assert "may no longer deliver" in file.problem_en
