"""Files that people brought hold persons' data: no cache keeps them, no browser runs them."""

from io import BytesIO

import pytest

from pulih.web.kept_files import attachment, picture


@pytest.mark.parametrize(
    ("answer", "content_type", "disposition"),
    [
        (attachment(BytesIO(b"<script>"), "a.html"), "application/octet-stream", "attachment"),
        (attachment(BytesIO(b"a,b"), "a.csv", "text/csv"), "text/csv", "attachment"),
        (picture(BytesIO(b"jpeg")), "image/jpeg", None),
    ],
)
def test_it_is_taken_for_what_it_is_and_kept_nowhere(answer, content_type, disposition):
    assert answer["Content-Type"] == content_type
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.get("Content-Disposition", "None").partition(";")[0] == str(disposition)
