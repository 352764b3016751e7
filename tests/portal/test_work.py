"""What is done for a release in the background: asked for once, heard of, always ended."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from pulih.administration.queued import NO_LONGER
from pulih.common.errors import Refusal
from pulih.inbox.models import ImportBatch
from pulih.people.scope import speaking_for
from pulih.portal import actions, counting, jobs
from pulih.portal.models import Cell, ReleaseWork, WorkKind
from pulih.portal.progress import heard
from pulih.portal.reads import releases as reads
from pulih.portal.shown_work import work_of
from tests.make import portal as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PUBLIC_FOLDER = tmp_path


def drafted(by):
    with speaking_for(by):
        release = actions.draft(actions.NewRelease(make.DAY), by=by)
        actions.ask(release, WorkKind.COUNT, by=by)
    return release


def run(release, by):
    jobs.work_on_release(release_id=release.pk, person_id=by.pk)


def test_a_release_is_counted_once_however_often_the_job_runs():
    by = make.steward()
    release = drafted(by)
    run(release, by)
    cells = Cell.objects.filter(release=release).count()
    assert cells > 0
    assert reads.state_of_release(release) == "protected"
    run(release, by)
    assert Cell.objects.filter(release=release).count() == cells
    assert ReleaseWork.objects.get().state == "done"


def test_work_whose_job_is_lost_is_done_all_the_same():
    by = make.steward()
    release = drafted(by)
    waits = ProcrastinateJob.objects.filter(task_name="portal.work_on_release", status="todo")
    assert waits.count() == 1  # With the work itself, not after it.
    with connection.cursor() as cursor:  # As where PostgreSQL died under a worker.
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    jobs.take_up(timestamp=0)
    jobs.take_up(timestamp=0)
    jobs.work_on_release(**waits.get().args)
    assert reads.state_of_release(release) == "protected"


def test_work_that_a_former_steward_asked_for_ends_with_why():
    by = make.steward()
    drafted(by)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    type(by).objects.filter(pk=by.pk).update(role="auditor")
    jobs.take_up(timestamp=0)
    work = ReleaseWork.objects.get()
    assert (work.state, work.problem_en) == ("failed", NO_LONGER.en)
    assert not ProcrastinateJob.objects.filter(status="todo").exists()


def test_work_that_goes_on_is_not_asked_for_again_by_another_steward():
    release = drafted(make.steward())
    with pytest.raises(Refusal, match="another request"):
        actions.ask(release, WorkKind.COUNT, by=make.steward("walidata_b"))


def test_a_step_that_is_not_next_and_ones_own_release_are_refused_at_once():
    by = make.steward()
    release = drafted(by)
    with pytest.raises(Refusal, match="cannot be taken"):
        actions.ask(release, WorkKind.PUBLISH, by=make.steward("walidata_b"))
    run(release, by)
    actions.check(release, by=by)
    with pytest.raises(Refusal, match="another data steward"):
        actions.ask(release, WorkKind.PUBLISH, by=by)


def test_a_refusal_stands_on_the_page_and_nothing_is_counted(monkeypatch):
    by = make.steward()
    release = drafted(by)
    files = iter((7, 8))  # A file was delivered while the figures were counted.
    reached = actions.releases.late_lists
    monkeypatch.setattr(reached, "reached", lambda: {"file": next(files), "act": 0})
    run(release, by)
    assert "Sebuah berkas masuk" in work_of(release).problem
    assert reads.state_of_release(release) == "draft"
    assert not Cell.objects.exists()
    assert not ImportBatch.objects.exists()


def test_a_fault_of_ours_ends_the_work_with_a_word(monkeypatch):
    by = make.steward()
    release = drafted(by)

    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(counting, "count", broken)
    with pytest.raises(ZeroDivisionError):
        run(release, by)
    assert "kesalahan kami" in work_of(release).problem
    assert not work_of(release).is_running


def test_work_whose_worker_was_killed_three_times_is_given_up():
    by = make.steward()
    release = drafted(by)
    for _ in range(jobs.MOST_TRIES):
        actions.begin_work(release.pk, by=by)
    run(release, by)
    assert "dihentikan dari luar" in work_of(release).problem
    assert reads.state_of_release(release) == "draft"


@pytest.mark.parametrize(
    ("stage", "finished", "total", "words"),
    [
        ("counting", 2, 6, "Menghitung: tabel 3 dari 6"),
        ("files", 3, 3, "Menulis berkas: 3 dari 3"),
        ("pages", 90_000, 0, "Menulis halaman: 90.000"),
        ("protecting", 0, 0, "Menyembunyikan kelompok kecil"),
        ("unknown", 0, 0, "penghitungan"),
    ],
)
def test_each_stage_has_its_words_and_its_place_on_the_bar(stage, finished, total, words):
    release = drafted(make.steward())
    ReleaseWork.objects.update(stage=stage, finished=finished, total=total, state="running")
    shown = work_of(release)
    assert words in shown.words
    assert 0 <= shown.share <= 1


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_work_goes_on():
    by = make.steward()
    release = drafted(by)
    with heard(release.pk, by) as on_progress:
        on_progress("counting", 1, 6)
        on_progress("counting", 2, 6)  # Too soon after the one before.
        kept = ReleaseWork.objects.get()
        assert (kept.stage, kept.finished, kept.total) == ("counting", 1, 6)


def test_two_that_were_counted_side_by_side_are_not_both_published(
    django_capture_on_commit_callbacks,
):
    first, second = make.checked(), make.checked()
    other = make.steward("walidata_b")
    with speaking_for(other), django_capture_on_commit_callbacks(execute=True):
        actions.publish(first, by=other, with_pages=False)
        with pytest.raises(Refusal, match="were not compared"):
            actions.publish(second, by=other)
    assert reads.newest() == first
