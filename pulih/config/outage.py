"""What is answered while PostgreSQL is away: 503 in the form asked for, and one line a while.

Django asks for the page of a fault wherever an exception came from, middleware included. After a
connection was waited for in vain, nobody else waits for the next seconds: threads stay free for
what needs no database.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

import psycopg
import structlog
from django.db import Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.defaults import server_error
from psycopg_pool import PoolTimeout

from pulih.common.errors import Message
from pulih.config.language import chosen_language

RETRY_SECONDS = 15
HOLD_SECONDS = 3.0  # In which nobody waits for a connection once one could not be had.
TOLD_EVERY = 30.0
MOST_SAID = 300  # Signs of what PostgreSQL said.
# Lost or refused by the server: connection errors, ending or starting, disk, memory, connections,
# and what the system below PostgreSQL could not do.
AWAY_STATES = ("08", "57P", "53", "58")
FULL_STATE = "53100"
log = structlog.get_logger(__name__)
_until = {"held": 0.0, "told": 0.0}


class HoldBack:
    """Answer at once while it is known that no connection can be had."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if time.monotonic() < _until["held"] and request.path != "/health/":
            return _away(request)
        return self.get_response(request)


def answer_fault(request: HttpRequest) -> HttpResponseBase:
    """Answer an exception that nobody caught: away is the database, or the fault is ours."""
    fault = next(filter(is_away, _with_what_it_came_from(sys.exc_info()[1])), None)
    if fault is None:
        return server_error(request)
    said = _told_by_server(fault)
    if isinstance(said, PoolTimeout):
        _until["held"] = time.monotonic() + HOLD_SECONDS
    is_full = getattr(said, "sqlstate", None) == FULL_STATE
    return _away(request, _FULL if is_full else _SENTENCE, said)


def is_away(fault: BaseException | None) -> bool:
    """Tell a database that cannot be reached from a question that it refused."""
    if isinstance(fault, (InterfaceError, psycopg.InterfaceError)):
        return True
    if not isinstance(fault, (OperationalError, psycopg.OperationalError)):
        return False
    state = getattr(_told_by_server(fault), "sqlstate", None)
    return state is None or state.startswith(AWAY_STATES)


def _with_what_it_came_from(fault: BaseException | None) -> Iterator[BaseException]:
    """Yield a fault and those that were being handled when it arose.

    Whoever tidies up after a lost connection may meet a fault of another kind, such as a
    transaction that is broken already: what is to be told is still the loss.
    """
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


def _told_by_server(fault: BaseException | None) -> BaseException | None:
    return (fault.__cause__ or fault) if isinstance(fault, Error) else fault


def _away(
    request: HttpRequest, why: Message | None = None, fault: BaseException | None = None
) -> HttpResponse:
    why = why or _SENTENCE
    _tell(why, fault)
    language = chosen_language(request)
    with translation.override(language):
        response = _in_form(request, why.in_language(language), _TITLE.in_language(language))
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # By us, without a trace.
    return response


def _in_form(request: HttpRequest, sentence: str, title: str) -> HttpResponse:
    words = {"sentence": sentence, "title": title}
    if request.path.startswith("/api/") or not request.accepts("text/html"):
        return JsonResponse({"detail": sentence}, status=503)
    if "HX-Request" not in request.headers or "HX-Boosted" in request.headers:
        again = request.get_full_path() if request.method == "GET" else "/"
        return HttpResponse(render_to_string("503.html", {**words, "again": again}), status=503)
    note = HttpResponse(render_to_string("web/parts/_refusal.html", words), status=503)
    note.headers["HX-Retarget"] = "#messages"
    note.headers["HX-Reswap"] = "innerHTML show:#messages:top"
    return note


def _tell(why: Message, fault: BaseException | None) -> None:
    """Write one line, and again only after a while: thousands ask meanwhile."""
    now = time.monotonic()
    if now >= _until["told"]:
        _until["told"] = now + TOLD_EVERY
        log.error("pages answer 503", why=why.en, fault=_in_a_line(fault))


def _in_a_line(fault: BaseException | None) -> str:
    """What PostgreSQL or its driver said: a refused password and a cut cable look alike else."""
    first = str(fault or "").partition("\n")[0][:MOST_SAID]
    return f"{type(fault).__name__}: {first}" if fault else ""


_TITLE = Message(
    id="Pulih belum dapat menjawab",
    en="Pulih cannot answer just now",
)
_FULL = Message(
    id="Penyimpanan basis data penuh, jadi tidak ada yang tersimpan. Beri tahu administrator, lalu"
    " kirim lagi setelah ada ruang.",
    en="The disk of the database is full, so nothing was saved. Tell the administrator, then send"
    " it again once there is room.",
)
_SENTENCE = Message(
    id="Basis data sedang tidak terjangkau; biasanya kembali dalam satu menit. Yang sudah"
    " dinyatakan tersimpan tidak hilang. Bila Anda sedang mengirim sesuatu, periksa dahulu apakah"
    " sudah ada, lalu kirim lagi.",
    en="The database cannot be reached; it is usually back within a minute. Nothing that was"
    " confirmed as saved is lost. If you were sending something, look first whether it is there,"
    " then send it again.",
)
