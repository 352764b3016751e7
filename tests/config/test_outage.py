"""While PostgreSQL is away: one page, one note, one line of JSON, and no trace for each visitor."""

import logging
import socket

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, InterfaceError, OperationalError, connection
from django.db.transaction import TransactionManagementError
from psycopg import errors

from pulih.config import outage
from tests.people import cast

ASKED = [
    ("/desk/", {}, "<h1>Pulih cannot answer just now</h1>", "en"),
    ("/desk/", {"HX-Request": "true"}, 'class="note bad"', "en"),
    ("/api/v1/lists/figures", {"accept": "*/*"}, '{"detail": "The database cannot', "en"),
    ("/api/v1/lists/figures", {"accept": "*/*"}, '{"detail": "Basis data', ""),
    ("/accounts/login/", {}, "<h1>Pulih belum dapat menjawab</h1>", ""),
    ("/en/verify/", {}, "<h1>Pulih cannot answer just now</h1>", ""),
]


@pytest.fixture
def away(client, monkeypatch):
    """The real connection of this test, cut by the server itself, for somebody signed in."""
    monkeypatch.setattr(outage, "_until", {"held": 0.0, "told": 0.0})
    client.raise_request_exception = False
    client.force_login(cast.planner())
    with pytest.raises(Error), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return client


@pytest.mark.django_db
def test_everybody_is_told_in_their_form_and_language(away, caplog):
    for address, headers, words, language in ASKED:
        away.cookies["pulih_language"] = language
        answer = away.get(address, headers={"accept": "text/html", **headers})
        assert answer.status_code == 503, address
        assert words in answer.content.decode()
        assert answer["Retry-After"] == "15"
    said = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert [one.name for one in said] == ["pulih.config.outage"]
    assert said[0].exc_info is None
    away.cookies.clear()
    assert away.get("/health/").json() == {"database": "unreachable"}


def caused(kind, cause):
    fault = kind()
    fault.__cause__ = cause
    return fault


@pytest.mark.parametrize(
    ("fault", "is_away"),
    [
        (caused(OperationalError, psycopg.OperationalError("gone")), True),
        (caused(OperationalError, errors.AdminShutdown()), True),
        (caused(OperationalError, errors.TooManyConnections()), True),
        (InterfaceError("connection already closed"), True),
        (psycopg.OperationalError("gone"), True),
        (caused(OperationalError, errors.QueryCanceled()), False),
        (caused(OperationalError, errors.DeadlockDetected()), False),
        (caused(OperationalError, errors.DiskFull()), True),
        (caused(OperationalError, errors.IoError()), True),
        (PermissionDenied(), False),
        (None, False),
    ],
)
def test_what_the_database_refused_is_no_outage(fault, is_away):
    assert outage.is_away(fault) is is_away


@pytest.mark.parametrize(
    ("lost", "status"), [(errors.AdminShutdown, 503), (errors.QueryCanceled, 500)]
)
def test_what_goes_wrong_while_a_lost_connection_is_tidied_up_is_the_same_outage(
    rf, monkeypatch, lost, status
):
    monkeypatch.setattr(outage, "_until", {"held": 0.0, "told": 0.0})
    try:
        try:
            raise OperationalError from lost()
        except OperationalError:
            # As Django raises it: the first fault is its context, not its cause.
            raise TransactionManagementError("the block is broken already")  # noqa: B904
    except TransactionManagementError:
        assert outage.answer_fault(rf.get("/api/v1/")).status_code == status


def test_a_full_disk_of_the_database_is_told_as_such(rf, monkeypatch, caplog):
    monkeypatch.setattr(outage, "_until", {"held": 0.0, "told": 0.0})
    full = errors.DiskFull("could not extend file\nHINT: free some")
    try:
        raise OperationalError(*full.args) from full
    except OperationalError:
        answer = outage.answer_fault(rf.post("/api/v1/x"))
    assert answer.status_code == 503
    assert b"Penyimpanan basis data penuh" in answer.content
    assert "DiskFull: could not extend file" in caplog.text  # What an administrator has to know.
    assert "HINT" not in caplog.text


def test_nobody_waits_again_for_a_connection_that_could_not_be_had(rf, monkeypatch):
    monkeypatch.setattr(outage, "_until", {"held": 0.0, "told": 0.0})
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        with psycopg_pool_to(port) as pool:
            try:
                pool.getconn(timeout=0.01)
            except psycopg.OperationalError:
                outage.answer_fault(rf.get("/desk/"))
    asked = []
    held = outage.HoldBack(asked.append)
    assert held(rf.get("/desk/")).status_code == 503
    held(rf.get("/health/"))
    assert [one.path for one in asked] == ["/health/"]
    monkeypatch.setitem(outage._until, "held", 0.0)
    held(rf.get("/desk/"))
    assert [one.path for one in asked] == ["/health/", "/desk/"]


def psycopg_pool_to(port):
    from psycopg_pool import ConnectionPool

    address = f"host=127.0.0.1 port={port} dbname=x connect_timeout=1"
    return ConnectionPool(address, min_size=0, max_size=1, open=True)
