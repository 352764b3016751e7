"""An administrator sees the work in the background, takes it up again and cancels it."""

import pytest
from asgiref.sync import async_to_sync
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job, Status

from pulih.administration import actions, failures
from pulih.administration.words import EVENTS, JOB_STATES, tasks
from pulih.audit.models import Event
from pulih.common.errors import Message, Refusal
from tests.make import administration as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_every_kind_of_job_state_and_event_has_words():
    assert set(app.tasks) <= tasks().keys()
    assert {status.value for status in Status} - {"aborting"} <= dict(JOB_STATES).keys()
    assert set(ProcrastinateEvent.TYPES) <= EVENTS.keys()


def test_failed_work_is_taken_up_again_and_the_record_says_by_whom():
    job, by = make.job("failed"), cast.administrator()
    actions.retry(job, by=by)
    job.refresh_from_db()
    assert job.status == "todo"
    assert Event.objects.get(verb="administration.retry_job").person_id == by.pk


@pytest.mark.parametrize("status", ["todo", "doing", "succeeded", "cancelled"])
def test_only_failed_work_is_taken_up_again(status):
    job = make.job(status)
    with pytest.raises(Refusal, match="gagal"):
        actions.retry(job, by=cast.administrator())
    job.refresh_from_db()
    assert job.status == status


def test_work_whose_twin_waits_is_not_queued_twice():
    job = make.job("failed", queueing_lock="one at a time")
    make.job("todo", queueing_lock="one at a time")
    with pytest.raises(Refusal, match="sudah menunggu"):
        actions.retry(job, by=cast.administrator())
    assert not Event.objects.filter(verb="administration.retry_job").exists()


def test_waiting_work_is_cancelled_and_nothing_else():
    job, by = make.job(), cast.administrator()
    actions.cancel(job, by=by)
    job.refresh_from_db()
    assert job.status == "cancelled"
    with pytest.raises(Refusal, match="dibatalkan"):
        actions.cancel(job, by=by)
    assert Event.objects.filter(verb="administration.cancel_job").count() == 1


def test_nobody_else_moves_a_job():
    for act in (actions.retry, actions.cancel):
        with pytest.raises(PermissionDenied):
            act(make.job("failed"), by=cast.planner())


def test_a_page_tells_the_story_of_a_job_and_why_it_cannot_be_moved(client):
    client.force_login(cast.administrator())
    job = make.job("failed")
    listed = client.get(reverse("administration:jobs"), {"state": "failed"}).content.decode()
    assert "mengirim pemberitahuan" in listed
    page = client.get(reverse("administration:job", args=[job.pk])).content.decode()
    assert "Ulangi" in page
    assert client.post(reverse("administration:retry-job", args=[job.pk])).status_code == 303
    again = client.post(reverse("administration:retry-job", args=[job.pk]), follow=True)
    assert "Hanya pekerjaan yang gagal" in again.content.decode()


def failed_by(error):
    """A job that failed as a worker leaves it, with what its middleware kept."""
    job = make.job("failed")

    async def call_next():
        raise error

    context = JobContext(job=Job(id=job.pk, queue="default", lock=None, queueing_lock=None,
                                 task_name=job.task_name), app=app, start_timestamp=0,
                         abort_reason=lambda: None)  # fmt: skip
    with pytest.raises(type(error)):
        async_to_sync(failures.keep_why)(call_next, context, None)
    return job


def test_a_page_says_why_work_failed_in_the_readers_language(client):
    job = failed_by(Refusal(Message("Berkas hilang.", "The file is gone.")))
    client.force_login(cast.administrator())
    page = reverse("administration:job", args=[job.pk])
    assert "Berkas hilang." in client.get(page).content.decode()
    client.cookies["pulih_language"] = "en"
    assert "The file is gone." in client.get(page).content.decode()


def test_a_fault_of_ours_is_told_by_kind_and_place_without_its_words():
    job = failed_by(ValueError("3204110203910001"))
    found = failures.why(job)
    assert "ValueError at" in found.en
    assert "ValueError di" in found.id
    assert "3204110203910001" not in str(Event.objects.get(verb=failures.FAILED).detail)


def test_a_worker_that_ended_without_a_word_is_said_so(client):
    client.force_login(cast.administrator())
    job = make.job("failed")
    page = client.get(reverse("administration:job", args=[job.pk])).content.decode()
    assert f"pekerjaan {job.pk}" in page


def test_stopped_work_has_not_failed():
    job = failed_by(JobAborted())
    assert failures.why(job) is None
