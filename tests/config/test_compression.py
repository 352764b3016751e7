"""Pages of whoever is signed in travel compressed; files that are compressed already do not."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from pulih.config.compression import CompressPages
from tests.people import cast

PACKED = {"HTTP_ACCEPT_ENCODING": "gzip"}


@pytest.mark.django_db
def test_a_page_arrives_compressed_and_whole(client):
    client.force_login(cast.provincial_officer())
    plain = client.get(reverse("workflow:tasks"))
    packed = client.get(reverse("workflow:tasks"), **PACKED)
    assert "Content-Encoding" not in plain.headers
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content).rstrip().endswith(b"</html>")
    assert len(packed.content) * 2 < len(plain.content)


def answered(kind: str) -> HttpResponse:
    request = RequestFactory().get("/", **PACKED)
    return CompressPages(lambda _request: HttpResponse(b"x" * 5_000, kind))(request)


@pytest.mark.parametrize("kind", ["application/pdf", "application/zip", "image/png"])
def test_a_file_that_is_compressed_already_stays_as_it_is(kind):
    assert answered(kind).content == b"x" * 5_000


def test_how_long_a_page_is_tells_nobody_what_stands_in_it():
    """Else who can put words into a page reads its secrets by its length (BREACH)."""
    lengths = {len(answered("text/html; charset=utf-8").content) for _ in range(40)}
    assert len(lengths) > 5
