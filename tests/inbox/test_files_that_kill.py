"""A file that kills its reader is set aside after one try; everything else goes on."""

from pathlib import Path

import pytest
from procrastinate.contrib.django import app

from pulih.config import file_worker, serving, worker
from pulih.inbox import actions, jobs
from pulih.inbox.models import ImportBatch, Kind, State
from pulih.people.scope import speaking_for
from tests.make import inbox as make
from tests.people import cast

BROKEN = Path(__file__).parents[1] / "intake" / "broken"


def deliver(name: str) -> ImportBatch:
    with (BROKEN / name).open("rb") as file:
        return actions.deliver(
            file, kind=Kind.AUTO, office=cast.area("Jawa Barat"),
            by=cast.provincial_officer(), as_of=make.AS_OF, name=name,
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["14_damaged_xls_memory.xls", "15_damaged_xlsb_memory.xlsb"])
def test_it_is_tried_once_and_named_to_the_office_and_the_next_is_read(name: str) -> None:
    killing, sound = deliver(name), make.delivered(make.firm())
    for batch in (killing, sound):
        jobs.read.func(batch.pk, batch.uploaded_by_id)
        batch.refresh_from_db()
    with speaking_for(killing.uploaded_by):
        assert not actions.unfinished(killing.uploaded_by)
    assert (killing.state, sound.state) == (State.REFUSED, State.DONE)
    assert f"The file {name} " in killing.problem_en
    assert f"Berkas {name} " in killing.problem_indonesian


def test_files_have_a_queue_and_a_worker_of_their_own() -> None:
    queues = {
        task.name: task.queue for task in app.tasks.values() if "pulih" in task.func.__module__
    }
    files = {name for name, queue in queues.items() if queue == file_worker.QUEUE}
    assert files == {"inbox.read", "inbox.mark", "scans.read", "delivery.read_list"}
    assert set(queues.values()) == {file_worker.QUEUE, worker.QUEUE}
    modules = [child.module for child in serving.children()]
    assert {worker.__name__, file_worker.__name__} <= set(modules)
