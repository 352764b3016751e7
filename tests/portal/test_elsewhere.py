"""The folder of a site, copied to a web server that knows nothing of Pulih."""

import re
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from pulih.portal import site
from tests.make import portal as make

pytestmark = pytest.mark.django_db
HOME = "https://pulih.example"
# What only a running Pulih answers: there, pages lead to it by its whole address.
LIVE = re.compile(rf"{HOME}/(en/)?(desk|verify|delivery/draws|api/open/v1)/")
ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        """Requests of a test need no log."""


@pytest.fixture
def elsewhere(publish, settings, tmp_path_factory) -> Iterator[str]:
    """The address of a plain web server with a copy of a published site."""
    settings.SITE_ADDRESS = HOME
    make.country()
    publish()
    copy = tmp_path_factory.mktemp("elsewhere") / "site"
    shutil.copytree(site.current() / "site", copy)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(copy)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def content(address):
    try:
        with urlopen(address) as answer:
            return answer.read()
    except HTTPError as error:
        return error.code


def test_every_link_of_a_copy_on_another_server_opens(elsewhere):
    waiting, seen, whole = ["/"], {"/"}, set()
    while waiting:
        path = waiting.pop()
        found = content(f"{elsewhere}{path}")
        assert isinstance(found, bytes), (path, found)
        if not path.endswith("/"):
            continue
        for url in ADDRESS.findall(found.decode()):
            if "://" in url:
                whole.add(url.replace("&amp;", "&"))
            elif not url.startswith(("#", "data:")):
                target = url if url.startswith("/") else f"{path}{url}"
                target = target.partition("#")[0].partition("?")[0]
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
    assert len([path for path in seen if path.endswith("/")]) > 200
    assert {"/data/latest/cells.parquet", "/assets/map.svg", "/data/catalog.ttl"} <= seen
    for url in whole:
        path = url.removeprefix(HOME)
        assert LIVE.match(url) or path in seen, url
