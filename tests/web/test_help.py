"""The site of documents under /help/ and the link to it on each page."""

import base64
import hashlib
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve

from pulih.web import help

DOCUMENTS = Path(__file__).parents[2] / "docs"
SCRIPT = "var site = 1"


@pytest.fixture
def site(settings, tmp_path):
    folder = tmp_path / "help"
    (folder / "panduan").mkdir(parents=True)
    (folder / "index.html").write_text(f"<script>{SCRIPT}</script>Start")
    (folder / "panduan/index.html").write_text("Panduan")
    (folder / "main.css").write_text("b {}")
    (tmp_path / "secret.txt").write_text("secret")
    settings.HELP_ROOT = folder
    return folder


def test_the_site_is_served_with_the_scripts_that_its_pages_hold(site):
    answer = Client().get("/help/")
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert answer.content.endswith(b"Start")
    assert f"script-src 'self' 'sha256-{digest}'" in answer["Content-Security-Policy"]
    assert Client().get("/help/panduan/").content == b"Panduan"
    assert Client().get("/help/main.css")["Content-Type"] == "text/css"


@pytest.mark.parametrize(
    "page", ["none.html", "../secret.txt", "%2e%2e/secret.txt", "a/../../secret.txt"]
)
def test_nothing_outside_of_the_site_is_served(site, page):
    assert Client().get(f"/help/{page}").status_code == 404


@pytest.mark.parametrize(
    ("path", "language", "address"),
    [
        ("/inbox/", "id", "/help/panduan/mengirim_daftar/"),
        ("/inbox/", "en", "/help/how_to/deliver_a_list/"),
        ("/people/", "id", "/help/"),
    ],
)
def test_a_page_links_to_its_document_in_the_language_of_the_reader(site, path, language, address):
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    request.LANGUAGE_CODE = language
    assert help.address_of(request) == address


def test_without_a_built_site_no_page_links_to_it(settings, tmp_path):
    settings.HELP_ROOT = tmp_path
    assert help.address_of(RequestFactory().get("/")) == ""


@pytest.mark.parametrize(
    "page", sorted({page for pair in help.EXPLAINED.values() for page in pair})
)
def test_every_document_that_a_page_names_is_there(page):
    assert (DOCUMENTS / f"{page}.md").exists()
