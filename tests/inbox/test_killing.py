"""A reader is killed while it stores: afterwards the batch is gone whole, then it is taken up."""

import json
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import DatabaseError, connection

from pulih.inbox import actions, receivers
from pulih.inbox.models import CellProblem, ImportBatch, SourceRecord, State
from pulih.inbox.watching import is_being_read
from pulih.intake import child
from pulih.intake.in_child import Interrupted
from pulih.people.scope import speaking_for
from pulih.registry.models import Enterprise
from tests.make import inbox as make
from tests.meanwhile import until
from tests.people import cast


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_is_gone_whole_and_then_taken_up_again(tmp_path):
    officer = cast.provincial_officer()
    batch = make.delivered(make.firm(nik=make.nik(1)), make.firm("Maju", nik=make.nik(2)))
    reader = start_reader(batch, tmp_path / "stored")
    assert is_being_read(batch.pk)
    assert not actions.unfinished(officer)
    reader.send_signal(signal.SIGKILL)
    reader.wait(60)
    until(lambda: not is_being_read(batch.pk))
    nothing_is_there()
    with speaking_for(officer):
        assert [one.pk for one in actions.unfinished(officer)] == [batch.pk]
        again = actions.read(batch.pk)
    assert again.state == State.DONE
    assert SourceRecord.objects.count() == Enterprise.objects.count() == 2


def killed_at_once(reader):
    reader.process.kill()
    reader.process.wait()
    return True


class Cut:
    """A receiver under which PostgreSQL goes away, once."""

    kind = "firms"
    is_done = False

    def receive(self, batch, rows):
        if not Cut.is_done:
            Cut.is_done = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return {}


@pytest.mark.django_db(transaction=True)
def test_a_file_is_not_given_up_because_its_reader_was_killed_or_postgresql_went_away(monkeypatch):
    batch = make.delivered(make.firm(nik=make.nik(1)))
    child.close_idle()
    with monkeypatch.context() as patch:
        patch.setattr(child.Child, "_becomes_ready", killed_at_once)
        it_waits_after(batch, Interrupted)
    monkeypatch.setitem(receivers._receivers, "firms", [Cut()])
    it_waits_after(batch, DatabaseError)
    with speaking_for(batch.uploaded_by):
        assert actions.read(batch.pk).state == State.DONE


def it_waits_after(batch, failure):
    with pytest.raises(failure), speaking_for(batch.uploaded_by):
        actions.read(batch.pk)
    connection.close()
    with speaking_for(batch.uploaded_by):
        assert [one.pk for one in actions.unfinished(batch.uploaded_by)] == [batch.pk]


def start_reader(batch: ImportBatch, sign):
    told = connection.settings_dict
    database = json.dumps({k: told[k] for k in ("HOST", "PORT", "USER", "PASSWORD", "NAME")})
    uploads = str(settings.MEDIA_ROOT)
    script = [sys.executable, "-m", "tests.inbox.killed_reader", database, uploads]
    arguments = [str(batch.pk), str(batch.uploaded_by_id), str(sign)]
    reader = subprocess.Popen([*script, *arguments], stdin=subprocess.PIPE)
    until(lambda: sign.exists() or reader.poll() is not None)
    assert reader.poll() is None, "the reader ended before it was killed"
    return reader


def nothing_is_there():
    assert not SourceRecord.objects.exists()
    assert not CellProblem.objects.exists()
    assert not Enterprise.objects.exists()
