"""Answers with a file that was brought or made: kept in no cache, taken for no page."""

from typing import IO, Any, TypeVar

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

UNKNOWN = "application/octet-stream"  # Whatever it says it is: a browser shows and runs nothing.
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
MADE = {  # What Pulih makes, by the end of its name.
    "pdf": "application/pdf",
    "xlsx": XLSX_TYPE,
    "zip": "application/zip",
    "csv": CSV_TYPE,
    "json": "application/json",
    "toml": "text/plain; charset=utf-8",
}
Answer = TypeVar("Answer", bound=HttpResponseBase)
File = IO[bytes] | Any  # Also what `file_cipher` opens.


def attachment(file: File, name: str, content_type: str = UNKNOWN) -> FileResponse:
    """Answer with a file that was brought, to be kept under its name."""
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    return _apart(answer)


def made_file(content: bytes | str, name: str, *, shown: bool = False) -> HttpResponse:
    """Answer with what was made; the end of its name, one of MADE, says what it is.

    shown: a browser that can opens it, as people print papers from there.
    """
    kind = name.rpartition(".")[2]
    return _apart(named(HttpResponse(content, content_type=MADE[kind]), name, shown=shown))


def picture(file: File) -> FileResponse:
    """Answer with a picture that was read as a JPEG before it was kept."""
    return _apart(FileResponse(file, content_type="image/jpeg"))


def named(answer: Answer, name: str, *, shown: bool = False) -> Answer:
    """Say the name under which an answer is kept, in signs that every system takes."""
    plain = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in name)
    plain = plain.encode("ascii", "replace").decode().replace("?", "_")
    way = "inline" if shown else "attachment"
    answer.headers["Content-Disposition"] = f'{way}; filename="{plain}"'
    return answer


def _apart(answer: Answer) -> Answer:
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
