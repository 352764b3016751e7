"""A request speaks for who signed in, to the last byte of its answer, and for nobody after it."""

import pytest
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from pulih.people.middleware import SpeakForPerson
from pulih.people.sessions import SessionStore
from tests.people import cast

pytestmark = pytest.mark.django_db


def speaking() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pulih.person', true)")
        return cursor.fetchone()[0]


def asked(answer, person):
    request = RequestFactory().get("/")
    request.user = person
    request.session = SessionStore()
    return SpeakForPerson(lambda request: answer())(request)


def test_a_plain_answer_is_made_in_the_persons_name():
    officer, before = cast.regency_officer(), speaking()
    assert asked(lambda: HttpResponse(speaking()), officer).content == str(officer.pk).encode()
    assert speaking() == before


def test_a_stream_is_read_in_the_persons_name_though_its_request_is_over():
    officer, before = cast.regency_officer(), speaking()

    def parts():
        yield speaking()
        yield ";"
        yield speaking()

    response = asked(lambda: StreamingHttpResponse(parts()), officer)
    assert speaking() == before
    assert b"".join(response) == f"{officer.pk};{officer.pk}".encode()
    assert speaking() == before
