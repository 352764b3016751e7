"""The zip that somebody brings: only the contract's files, within bounds, by no other path."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.common.errors import Message
from pulih.planning.rules import folders
from pulih.planning.rules.folders import files_in
from tests.examples import examples


def packed(*entries, **options):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content, **options)
    memory.seek(0)
    return memory


def linked(name):
    about = zipfile.ZipInfo(name)
    about.external_attr = 0o120777 << 16
    return packed((about, "/etc/passwd"))


def test_files_of_a_folder_in_the_zip_are_read_and_others_left():
    found = files_in(packed(("kasus/case.toml", "a"), ("kasus/lines.csv", "b"), ("README", "c")))
    assert found == {"case.toml": b"a", "lines.csv": b"b"}


@pytest.mark.parametrize(
    ("brought", "refused"),
    [
        (io.BytesIO(b"no zip"), folders.NO_ZIP),
        (io.BytesIO(b""), folders.NO_ZIP),
        (packed(("../case.toml", "a")), folders.OUTSIDE),
        (packed(("/case.toml", "a")), folders.OUTSIDE),
        (packed(("a\\case.toml", "a")), folders.OUTSIDE),
        (packed(("C:case.toml", "a")), folders.OUTSIDE),
        (linked("lines.csv"), folders.OUTSIDE),
        (packed(("a/lines.csv", "a"), ("b/lines.csv", "b")), folders.TWICE),
        (packed(("lines.parquet", "a")), folders.NO_PARQUET),
        (packed(*((f"{n}.txt", "") for n in range(99))), folders.TOO_MANY),
        (packed(("lines.csv", b"0" * (folders.LARGEST + 1))), folders.TOO_LARGE),
        (packed(("x.bin", b"0" * (folders.LARGEST + 1))), folders.TOO_LARGE),
    ],
)
def test_what_is_no_case_folder_is_refused(brought, refused):
    assert files_in(brought) == refused


def test_a_zip_that_lies_of_its_size_is_not_unpacked_beyond_the_bound():
    whole = packed(("lines.csv", b"0" * (folders.LARGEST + 10))).getvalue()
    size = (folders.LARGEST + 10).to_bytes(4, "little")
    lying = io.BytesIO(whole.replace(size, (5).to_bytes(4, "little")))
    found = files_in(lying)
    assert found in (folders.NO_ZIP, folders.TOO_LARGE)


def test_a_locked_zip_is_refused():
    content = bytearray(packed(("case.toml", "a")).getvalue())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + place] |= 1
    assert files_in(io.BytesIO(bytes(content))) == folders.LOCKED


@settings(max_examples=examples(200))
@given(st.data())
def test_no_damage_to_a_zip_ends_in_an_error(data):
    content = bytearray(packed(("case.toml", "title"), ("lines.csv", "line,province")).getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    found = files_in(io.BytesIO(bytes(content)))
    assert isinstance(found, dict | Message)
