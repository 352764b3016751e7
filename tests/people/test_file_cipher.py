"""Files on the disk: nobody reads them there, whoever has the key reads all, damage is told."""

import os
from errno import ENOSPC
from io import BytesIO, RawIOBase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.people import file_cipher as cipher

contents = st.binary(max_size=300) | st.integers(60_000, 140_000).map(lambda size: b"n" * size)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("files") / "daftar.xlsx"


def write(path, content):
    with path.open("wb") as file:
        cipher.encrypt(BytesIO(content), file)


@given(contents)
def test_a_file_comes_back_and_is_not_seen(path, content):
    write(path, content)
    # Shorter ones may stand in what every encrypted file begins with.
    assert len(content) < 32 or content not in path.read_bytes()
    with cipher.opened(path) as plain:
        assert plain.read() == content
    with cipher.readable(path) as link:
        assert (link.name, link.read_bytes()) == (path.name, content)
    assert not link.exists()


@given(contents, st.integers(0, 10**9), st.integers(1, 255), st.booleans())
def test_a_changed_or_missing_byte_is_told(path, content, place, change, is_cut):
    write(path, content)
    held = bytearray(path.read_bytes())
    place = len(cipher.MARK) + place % (len(held) - len(cipher.MARK))
    if is_cut and place >= cipher.HEAD_LENGTH:
        del held[place:]
    else:
        held[place] ^= change
    path.write_bytes(held)
    if held[cipher.HEAD_LENGTH - 1 :][:1] == b"\n":  # Else it is a file that nobody encrypted.
        with pytest.raises(Refusal):
            cipher.opened(path)


@given(contents)
def test_what_lies_plain_is_read_as_it_is(path, content):
    path.write_bytes(content)
    assert cipher.key_of(path) == ""
    with cipher.opened(path) as plain, cipher.readable(path) as same:
        assert plain.read() == content
        assert same == path


def test_without_its_key_a_file_stays_closed_and_says_which_it_needs(path, settings):
    write(path, b"NIK")
    needed, settings.NUMBER_KEYS = cipher.newest_key(), ["another key"]
    with pytest.raises(Refusal, match=needed):
        cipher.opened(path)
    settings.NUMBER_KEYS = []
    with pytest.raises(Refusal, match="number"):
        cipher.opened(path)


def test_a_full_disk_is_told_as_one():
    class Full(RawIOBase):
        def write(self, piece):
            if piece.startswith(cipher.MARK):
                return len(piece)
            raise OSError(ENOSPC, os.strerror(ENOSPC))

    with pytest.raises(OSError, match=os.strerror(ENOSPC)) as failed:
        cipher.encrypt(BytesIO(b"n" * 10**6), Full())
    assert failed.value.errno == ENOSPC
