"""What a backup says of itself: who can open it, and whether it is whole. No server is asked."""

import hashlib
import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.config import backup, backup_keys, settings


@pytest.fixture
def key(tmp_path, monkeypatch):
    file = tmp_path / "key"
    monkeypatch.setattr(settings, "BACKUP_RECIPIENTS", [backup_keys.make_key(file)])
    return file


def write(file, content):
    with (
        file.open("wb") as opened,
        backup_keys.encrypted(opened, backup_keys.recipients()) as stream,
    ):
        stream.write(content)


@given(content=st.binary(max_size=200_000))
def test_what_is_encrypted_opens_with_its_key_alone(content, tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    public = backup_keys.make_key(folder / "key")
    backup_keys.make_key(folder / "other")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settings, "BACKUP_RECIPIENTS", [public])
        write(folder / "a.age", content)
    assert backup_keys.is_encrypted(folder / "a.age")
    backup_keys.decrypt(folder / "a.age", folder / "a", folder / "key")
    assert (folder / "a").read_bytes() == content
    with pytest.raises(Refusal, match="another key"):
        backup_keys.decrypt(folder / "a.age", folder / "b", folder / "other")


def test_what_stops_the_writing_is_told_and_nothing_waits_for_ever(key):
    with pytest.raises(OSError, match="No space left"):
        write(Path("/dev/full"), b"rahasia" * 3_000_000)


def test_a_key_is_its_owners_and_is_never_written_over(key):
    assert key.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refusal, match="cannot be written"):
        backup_keys.make_key(key)


@pytest.mark.parametrize(
    ("given_key", "words"),
    [(None, "Name the file of the key"), ("nothing here\n", "holds no private key"), ("", "holds")],
)
def test_without_its_key_it_stays_shut(key, tmp_path, given_key, words):
    write(tmp_path / "a.age", b"rahasia")
    file = None
    if given_key is not None:
        file = tmp_path / "given"
        file.write_text(given_key)
    with pytest.raises(Refusal, match=words):
        backup_keys.decrypt(tmp_path / "a.age", tmp_path / "a", file)


@pytest.mark.parametrize("at", [0.2, 0.5, 0.9, 0.999])
def test_one_changed_byte_is_found(key, tmp_path, at):
    file = tmp_path / "a.age"
    write(file, b"rahasia" * 30_000)
    content = bytearray(file.read_bytes())
    content[int(len(content) * at)] ^= 1
    file.write_bytes(content)
    with pytest.raises(Refusal, match="damaged"):
        backup_keys.decrypt(file, tmp_path / "a", key)


def test_a_wrong_setting_is_named_before_anything_is_written(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "BACKUP_RECIPIENTS", ["age1wrong"])
    with pytest.raises(Refusal, match="PULIH_BACKUP_RECIPIENTS"):
        backup.write(tmp_path / "a.backup")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_takes_nothing_is_one_sentence(tmp_path):
    with pytest.raises(Refusal, match=r"cannot be written to .*No such file"):
        backup.write(tmp_path / "none" / "a.backup")


def packed(change=lambda name, content: content):
    """An archive of three files with their hashes, as `change` left them afterwards."""
    told, made = {}, io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name in ("database.dump", "uploads/a", "uploads/b"):
            content = name.encode() * 100
            told[name] = hashlib.sha256(content).hexdigest()
            if (left := change(name, content)) is not None:
                entry = tarfile.TarInfo(name)
                entry.size = len(left)
                archive.addfile(entry, io.BytesIO(left))
        backup._add_json(archive, backup.HASHES, told)
    made.seek(0)
    return tarfile.open(fileobj=made)


@pytest.mark.parametrize("name", ["database.dump", "uploads/a", "uploads/b"])
@pytest.mark.parametrize("spoil", [lambda content: content[:-1] + b"x", lambda content: None])
def test_a_changed_or_lost_file_of_an_unencrypted_backup_is_named(tmp_path, name, spoil):
    archive = packed(lambda each, content: spoil(content) if each == name else content)
    with pytest.raises(Refusal, match=f"damaged at {name}"):
        backup._refuse_damaged(archive, tmp_path)
    backup._refuse_damaged(packed(), tmp_path)


def test_hashes_are_of_what_was_added(tmp_path):
    (tmp_path / "a").write_bytes(b"isi" * 50_000)
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w|") as archive:
        told = backup._add_file(archive, "a", tmp_path / "a")
    made.seek(0)
    with tarfile.open(fileobj=made) as archive:
        content = archive.extractfile("a").read()
    assert content == b"isi" * 50_000
    assert told == hashlib.sha256(content).hexdigest()
