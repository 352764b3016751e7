"""Files that people brought hold persons' data: no cache keeps them, no browser runs them."""

from io import BytesIO
from pathlib import Path

import pytest

import pulih
from pulih.web.kept_files import attachment, made_file, picture


@pytest.mark.parametrize(
    ("answer", "content_type", "disposition"),
    [
        (attachment(BytesIO(b"<script>"), "a.html"), "application/octet-stream", "attachment"),
        (attachment(BytesIO(b"a,b"), "a.csv", "text/csv"), "text/csv", "attachment"),
        (made_file(b"%PDF", "bast-7.pdf"), "application/pdf", "attachment"),
        (made_file(b"%PDF", "bast-7.pdf", shown=True), "application/pdf", "inline"),
        (made_file("a;b", "daftar.csv"), "text/csv; charset=utf-8", "attachment"),
        (picture(BytesIO(b"jpeg")), "image/jpeg", None),
    ],
)
def test_it_is_taken_for_what_it_is_and_kept_nowhere(answer, content_type, disposition):
    assert answer["Content-Type"] == content_type
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.get("Content-Disposition", "None").partition(";")[0] == str(disposition)


def test_the_name_of_a_file_ends_no_header():
    said = made_file(b"", 'SPM "5"/ñ\r\nX: y.pdf')["Content-Disposition"]
    assert said == 'attachment; filename="SPM__5_____X__y.pdf"'


def test_one_module_says_under_which_name_a_file_is_kept():
    root = Path(pulih.__file__).parent
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "Content-Disposition" in path.read_text()
    }
    assert found == {"web/kept_files.py"}
