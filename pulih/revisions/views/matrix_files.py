"""The matrix of what was and what will be, as a file: of a revision, and of a plan."""

from typing import Any

from django.db.models import Model
from django.http.response import HttpResponseBase

from pulih.lists.files import send, send_paper
from pulih.people.access import PersonRequest

from ..documents.books import Book
from ..documents.flat import HEADS, flat_rows
from ..documents.paper import paper
from ..documents.workbook import workbook

FORMATS = ("xlsx", "pdf", "csv")


def sent_matrix(
    request: PersonRequest,
    book: Book,
    room: str,
    file_name: str,
    subject: Model,
    filters: str,
    **detail: Any,
) -> HttpResponseBase:
    """Answer with a matrix in the format that the address names, one of FORMATS."""
    wanted = request.GET["format"]
    if wanted == "csv":
        title = f"Matriks Semula–Menjadi: {book.title}"
        return send(
            request, room=room, key="matrix", title=title, file_name=file_name, heads=HEADS,
            rows=flat_rows(book), filters=filters, recorded=detail, subject=subject,
        )  # fmt: skip
    make = paper if wanted == "pdf" else workbook
    return send_paper(
        request, lambda: make(book), room=room, key="matrix", kind=wanted, file_name=file_name,
        subject=subject, **detail,
    )  # fmt: skip
