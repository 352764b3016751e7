"""Delivered files on the disk: encrypted, what their names say, and gone when they are deleted."""

import os
from errno import ENOSPC
from io import BytesIO

import openpyxl
import pytest
from django.core.management import call_command

from pulih.audit.models import Event
from pulih.common.errors import Refusal
from pulih.inbox import actions, reconcile, uploads
from pulih.inbox.models import State
from pulih.intake import in_child
from pulih.people import file_cipher
from tests.make import inbox as make

pytestmark = pytest.mark.django_db
CONTENT = b"NO,NAMA,NIK\n1,Sari,3204120101800001\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stored(content: bytes = CONTENT) -> str:
    return uploads.store(BytesIO(content), "daftar.csv").name


def laid_plain() -> str:
    """A file as an older version kept it."""
    name = stored()
    uploads.path_of(name).write_bytes(CONTENT)
    return name


def seen_on_disk(folder) -> bool:
    files = [one for one in folder.rglob("*") if one.is_file()]
    assert files
    return any(b"Sari" in one.read_bytes() for one in files)


def test_a_delivered_file_is_read_and_marked_and_never_lies_plain(folder):
    batch = make.read(make.firm("Konveksi Sari"))
    assert batch.rows == 1
    assert uploads.exists(batch.checked_name)
    assert not seen_on_disk(folder)
    with uploads.opened(batch.checked_name) as marked:
        assert marked.read(2) == b"PK"
    assert list(reconcile.differences()) == []


def test_files_of_an_older_version_are_read_and_encrypted_by_a_command(folder, capsys):
    name = laid_plain()
    os.utime(uploads.path_of(name), ns=(10**18, 10**18))
    assert seen_on_disk(folder)
    for done in (1, 0):
        with uploads.opened(name) as plain:
            assert plain.read() == CONTENT
        call_command("encrypt-uploads")
        assert f"{done} " in capsys.readouterr().err
        assert not seen_on_disk(folder)
    assert uploads.path_of(name).stat().st_mtime_ns == 10**18  # By which some are deleted.


def test_a_new_key_takes_the_place_of_the_older_one(settings):
    name, older = stored(), settings.NUMBER_KEYS
    settings.NUMBER_KEYS = ["a newer key", *older]
    assert uploads.encrypt_again(uploads.path_of(name))
    settings.NUMBER_KEYS = ["a newer key"]
    with uploads.opened(name) as plain:
        assert plain.read() == CONTENT


def test_what_cannot_be_opened_is_named_and_stays(settings, capsys):
    path = uploads.path_of(stored())
    held, settings.NUMBER_KEYS = path.read_bytes(), ["another key"]
    with pytest.raises(SystemExit):
        call_command("encrypt-uploads")
    assert path.name in capsys.readouterr().err
    assert path.read_bytes() == held


def test_a_file_under_a_lost_key_is_left_behind_by_name_with_a_reason_that_is_recorded(
    settings, capsys
):
    lost, other = (uploads.path_of(stored(content)) for content in (CONTENT, b"other"))
    settings.NUMBER_KEYS, settings.COMMAND_LANGUAGE = ["another key"], "en"
    with pytest.raises(SystemExit):
        call_command("encrypt-uploads", leave=[lost.name])  # Without a reason.
    with pytest.raises(SystemExit):
        call_command("encrypt-uploads", leave=[lost.name], because="the machine burned")
    assert f"--leave {other.name} --because" in capsys.readouterr().err
    call_command("encrypt-uploads", leave=[other.name, "no such"], because="the machine burned")
    assert "The file no such was not left behind" in capsys.readouterr().err
    found = Event.objects.filter(verb="inbox.leave_behind").order_by("pk")
    assert [one.detail["file"] for one in found] == [lost.name, other.name]
    assert {one.detail["reason"] for one in found} == {"the machine burned"}
    call_command("encrypt-uploads")  # They are asked for once.
    assert found.count() == 2


def test_a_full_disk_ends_no_rewriting_in_a_traceback(monkeypatch, capsys):
    path = uploads.path_of(laid_plain())

    def full(_handle):
        raise OSError(ENOSPC, os.strerror(ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SystemExit):
        call_command("encrypt-uploads")
    assert f"{path.name}: {os.strerror(ENOSPC)}" in capsys.readouterr().err
    assert path.read_bytes() == CONTENT


def test_a_file_that_is_deleted_while_it_is_encrypted_stays_deleted(monkeypatch):
    name = laid_plain()
    opened = file_cipher.opened

    def deleted_meanwhile(path):
        plain = opened(path)
        uploads.remove(name)
        return plain

    monkeypatch.setattr(file_cipher, "opened", deleted_meanwhile)
    assert uploads.encrypt_again(uploads.path_of(name))
    assert not uploads.exists(name)


def test_a_file_encrypted_anew_is_its_owners_and_on_the_disk(monkeypatch):
    path, settled, settle = uploads.path_of(laid_plain()), [], os.fsync
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
    owner = path.stat().st_uid

    def watched(handle):
        settled.append(os.readlink(f"/proc/self/fd/{handle}"))
        settle(handle)

    monkeypatch.setattr(os, "fsync", watched)
    assert uploads.encrypt_again(path)
    assert path.stat().st_uid == owner
    assert str(path.parent) in settled  # Its name, too, before the older key is forgotten.


def test_a_workbook_under_another_ending_is_read_from_memory():
    book, content = openpyxl.Workbook(), BytesIO()
    book.active.append(["NO", "NAMA"])
    book.save(content)
    content.seek(0)
    name = uploads.store(content, "daftar.csv").name
    with uploads.readable(name) as path:
        (sheet,) = in_child.sheets(path)
    assert "NAMA" in sheet.cells.row(0)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda path: path.unlink(), "tidak ada di disk"),
        (lambda path: path.write_bytes(b"NO,NAMA\n"), "bukan lagi yang diunggah"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "rusak"),
    ],
)
def test_the_check_tells_a_file_that_is_gone_or_changed(harm, words):
    batch = make.read(make.firm("Konveksi Sari"))
    harm(uploads.path_of(batch.stored_name))
    (told,) = reconcile.differences()
    assert words in told


def test_a_file_that_is_gone_is_refused_under_the_name_that_the_office_knows():
    batch = make.delivered(make.firm("Konveksi Sari"))
    uploads.path_of(batch.stored_name).unlink()
    assert actions.read(batch.pk).state == State.REFUSED
    batch.refresh_from_db()
    assert f"Berkas {batch.file_name} tidak ada lagi" in batch.problem_indonesian


def test_a_disk_that_fills_while_a_file_is_written_refuses_it_and_leaves_nothing(folder):
    class Full(BytesIO):
        def read(self, size=-1):
            raise OSError(ENOSPC, os.strerror(ENOSPC))

    with pytest.raises(Refusal, match=r"penuh|full"):
        uploads.store(Full(), "daftar.csv")
    assert [one for one in folder.rglob("*") if one.is_file()] == []


def test_a_damaged_file_refuses_its_reading_with_one_sentence():
    batch = make.delivered(make.firm("Konveksi Sari"))
    path = uploads.path_of(batch.stored_name)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Refusal, match=r"rusak|damaged"):
        uploads.opened(batch.stored_name)
