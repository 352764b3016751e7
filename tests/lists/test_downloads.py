"""Files of large lists: made by a worker, the very file that would have been made at once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from pulih.audit.models import Event
from pulih.lists import downloads, jobs
from pulih.lists.models import Download, State
from pulih.people.models import Role, User
from pulih.people.scope import speaking_for
from tests.make import registry
from tests.people import cast

ADDRESS = "/enterprises/?format=csv&sort=name"
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(settings) -> Iterator[User]:
    """Somebody with six firms, in a house where three rows are already many."""
    settings.ROWS_AT_ONCE = 3
    person = cast.regency_officer()
    registry.firms(6, by=person, office=cast.area("Kab. Indramayu"))
    with speaking_for(person):
        yield person


@pytest.fixture
def site(officer, client) -> Client:
    client.force_login(officer)
    return client


def make(person: User) -> Download:
    """Let the worker do what was asked last."""
    asked = Download.objects.latest("pk")
    downloads.make(asked.pk, by=person)
    asked.refresh_from_db()
    return asked


def lines_of(response) -> list[str]:
    """What a file holds, without the moment at which it was made."""
    lines = b"".join(response.streaming_content).decode().splitlines()
    return [line for line in lines if not line.startswith("Diunduh")]


def test_a_large_file_is_the_one_that_would_be_made_at_once(site, officer, settings):
    answer = site.get(ADDRESS)
    assert (answer.status_code, answer["Location"]) == (302, "/downloads/")
    made = make(officer)
    later = site.get(f"/downloads/{made.pk}/")
    settings.ROWS_AT_ONCE = 1_000
    now = site.get(ADDRESS)
    assert later["Content-Type"] == now["Content-Type"]
    assert later["Cache-Control"] == "private, no-store"
    assert later["Content-Disposition"] == now["Content-Disposition"]
    assert lines_of(later) == lines_of(now)
    assert len(lines_of(site.get(ADDRESS))) > 6


def test_its_page_tells_how_far_it_is_and_where_it_lies(site, officer):
    site.get(ADDRESS)
    page = site.get("/downloads/").content.decode()
    assert "0 baris ditulis sejauh ini" in page
    assert "every 2s" in page
    made = make(officer)
    page = site.get("/downloads/").content.decode()
    assert f"/downloads/{made.pk}/" in page
    assert "every 2s" not in page
    assert (made.rows, made.state) == (6, State.READY)


def test_it_is_made_once_however_often_it_is_asked(site):
    for _ in range(3):
        site.get(ADDRESS)
    assert Download.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="lists.make_download").count() == 1


def test_what_was_taken_out_is_recorded_as_made_and_as_fetched(site, officer):
    site.get(ADDRESS)
    assert not Event.objects.filter(verb="registry.export").exists()
    made = make(officer)
    assert Event.objects.get(verb="registry.export").detail["rows"] == 6
    site.get(f"/downloads/{made.pk}/")
    with speaking_for(officer):
        assert Event.objects.get(verb="lists.download").detail["file"] == made.file_name


def test_nobody_else_gets_it(site, officer, client):
    site.get(ADDRESS)
    made = make(officer)
    client.force_login(cast.planner())
    assert client.get(f"/downloads/{made.pk}/").status_code == 404
    with speaking_for(cast.planner()):
        assert not Download.objects.exists()


def test_the_disk_holds_no_name_of_it(site, officer):
    site.get(ADDRESS)
    made = make(officer)
    plain = b"".join(site.get(f"/downloads/{made.pk}/").streaming_content)
    name = plain.decode().splitlines()[-2].split(",")[1].encode()
    kept = downloads.path_of(made).read_bytes()
    assert name in plain
    assert name not in kept


def test_whoever_got_another_reach_asks_anew(site, officer):
    site.get(ADDRESS)
    made = make(officer)
    other = cast.area("Kab. Bandung")
    officer.reaches.create(area=other, valid_from=timezone.localdate() - timedelta(days=1))
    answer = site.get(f"/downloads/{made.pk}/")
    assert answer.status_code == 410
    assert "berubah sejak berkas ini dibuat" in answer.content.decode()


def test_whoever_may_no_longer_take_files_gets_none(site, officer):
    site.get(ADDRESS)
    made = make(officer)
    User.objects.filter(pk=officer.pk).update(role=Role.REVIEWER)
    assert site.get(f"/downloads/{made.pk}/").status_code == 403


def test_what_became_wrong_is_said(site, officer):
    site.get(ADDRESS)
    Download.objects.update(address="/enterprises/?format=csv&regency=x")
    made = make(officer)
    assert made.state == State.FAILED
    assert made.problem == downloads.problems.NO_LONGER
    assert made.problem_indonesian in site.get("/downloads/").content.decode()


def test_what_kills_its_worker_is_not_tried_for_ever(site, officer):
    site.get(ADDRESS)
    Download.objects.update(attempts=downloads.MOST_TRIES)
    assert make(officer).problem == downloads.problems.KILLED


def test_a_fault_of_the_program_is_told_and_raised(site, officer, monkeypatch):
    site.get(ADDRESS)
    Download.objects.update(address="/enterprises/?format=csv")
    monkeypatch.setattr("pulih.lists.downloads.file_cipher.encrypt", None)
    with pytest.raises(TypeError):
        make(officer)
    assert Download.objects.get().problem == downloads.problems.BROKEN


def test_a_day_later_it_is_gone(site, officer):
    site.get(ADDRESS)
    made = make(officer)
    downloads.clear(timezone.now() + downloads.KEPT + timedelta(minutes=1))
    assert not downloads.path_of(made).exists()
    assert site.get(f"/downloads/{made.pk}/").status_code == 404


def test_files_that_no_row_knows_go_a_day_later_too(officer):
    forgotten = downloads.folder() / "draft-x"
    forgotten.write_bytes(b"of a killed worker")
    downloads.clear(timezone.now() + timedelta(hours=23))
    assert forgotten.exists()
    downloads.clear(timezone.now() + downloads.KEPT + timedelta(minutes=1))
    assert not forgotten.exists()


def test_a_lost_file_is_said(site, officer):
    site.get(ADDRESS)
    made = make(officer)
    downloads.path_of(made).unlink()
    answer = site.get(f"/downloads/{made.pk}/")
    assert (answer.status_code, "sudah dihapus" in answer.content.decode()) == (410, True)


def test_the_file_of_a_killed_worker_is_taken_up_again(site, officer):
    site.get(ADDRESS)
    ProcrastinateJob.objects.filter(task_name="lists.make_download").update(status="failed")
    jobs.take_up(timestamp=0)
    jobs.take_up(timestamp=0)
    waiting = ProcrastinateJob.objects.filter(task_name="lists.make_download", status="todo")
    assert waiting.count() == 1
    jobs.make(**waiting.get().args)
    with speaking_for(officer):
        assert Download.objects.get().state == State.READY


def test_an_auditor_who_writes_nothing_else_takes_files(officer, client):
    auditor = cast.auditor()
    with speaking_for(auditor):
        client.force_login(auditor)
        client.get("/enterprises/?format=xlsx")
        made = make(auditor)
    assert (made.state, made.rows) == (State.READY, 6)
    assert client.get(f"/downloads/{made.pk}/").status_code == 200
