"""Answers with a file that was brought or made: kept in no cache, taken for no page."""

from typing import IO, Any

from django.http import FileResponse

UNKNOWN = "application/octet-stream"  # Whatever it says it is: a browser shows and runs nothing.
File = IO[bytes] | Any  # Also what `file_cipher` opens.


def attachment(file: File, name: str, content_type: str = UNKNOWN) -> FileResponse:
    """Answer with a file to be kept under its name."""
    return _apart(FileResponse(file, as_attachment=True, filename=name, content_type=content_type))


def picture(file: File) -> FileResponse:
    """Answer with a picture that was read as a JPEG before it was kept."""
    return _apart(FileResponse(file, content_type="image/jpeg"))


def _apart(answer: FileResponse) -> FileResponse:
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
