"""A whole installation for the journeys, started as a person does: `pulih demo`, `pulih serve`."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.throwaway_server import quick_folder

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PULIH = Path(sys.executable).with_name("pulih")
FIRMS = "1600"
CLOSED_NETWORK = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--min-semi-space-size=64",  # Megabytes: axe leaves much for the collector.
]
PATIENCE = 60_000  # Milliseconds; the machine may be busy with other tests.
expect.set_options(timeout=PATIENCE)  # Of its own it waits five seconds.


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None:
        here = Path(__file__).parent
        for item in items:
            if here in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@dataclass(frozen=True)
class House:
    """A served installation. passwords: by user name."""

    url: str
    data: Path
    passwords: dict[str, str]


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """Serve a new installation, or use the one at PULIH_BIND whose data PULIH_SERVED names.

    Pytest's processes share one: the first builds and serves it, and stops it after the others.
    """
    if served := os.environ.get("PULIH_SERVED"):
        yield _house(f"http://{os.environ['PULIH_BIND']}", Path(served))
        return
    parent = quick_folder() / f"pulih-browser-{_run()}"
    parent.mkdir(exist_ok=True)
    parent.chmod(0o711)
    address, data = parent / "address", parent / "data"
    with (parent / "users.lock").open("w") as users, ExitStack() as served:
        with (parent / "start.lock").open("w") as start:
            fcntl.flock(start, fcntl.LOCK_EX)
            if not address.exists():
                served.callback(shutil.rmtree, parent, ignore_errors=True)
                address.write_text(served.enter_context(_served(data)))
                served.callback(fcntl.flock, users, fcntl.LOCK_EX)  # Once nobody else uses it.
            fcntl.flock(users, fcntl.LOCK_SH)
        yield _house(address.read_text(), data)


@contextmanager
def _served(data: Path) -> Iterator[str]:
    url = f"http://127.0.0.1:{_free_port()}"
    environment = {**os.environ, "PULIH_DATA": str(data), "PULIH_BIND": url.removeprefix("http://")}
    environment["PULIH_LARGEST_GAP_PERCENT"] = "1000"  # A busy machine proves little in a minute.
    subprocess.run([PULIH, "demo", "--firms", FIRMS], env=environment, check=True)
    server = subprocess.Popen([PULIH, "serve"], env=environment, start_new_session=True)
    try:
        _wait_for(f"{url}/health/")
        yield url
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def _run() -> str:
    """Return what pytest's processes of one run, and no others, have in common."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))


def _house(url: str, data: Path) -> House:
    secrets = tomllib.loads((data / "secrets.toml").read_text())
    prefix = "demo_password_"
    passwords = {n.removeprefix(prefix): v for n, v in secrets.items() if n.startswith(prefix)}
    return House(url, data, passwords)


@pytest.fixture(scope="module")
def site_stands(house: House) -> Iterator[None]:
    """Read the public site while no other process of pytest publishes on it."""
    with _turn(house, fcntl.LOCK_SH):
        yield


@pytest.fixture(scope="module")
def site_changes(house: House) -> Iterator[None]:
    """Publish on the public site while no other process of pytest reads it."""
    with _turn(house, fcntl.LOCK_EX):
        yield


@contextmanager
def _turn(house: House, kind: int) -> Iterator[None]:
    with house.data.with_name(f"{house.data.name}-site.lock").open("w") as turn:
        fcntl.flock(turn, kind)
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": CLOSED_NETWORK}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], house: House) -> dict[str, Any]:
    desk = {"width": 1280, "height": 900}
    return {**browser_context_args, "base_url": house.url, "locale": "id-ID", "viewport": desk}


@pytest.fixture(scope="session")
def signed_in(browser, house: House, browser_context_args) -> Callable[[str], Any]:
    """Return a function that gives the cookies of a demo person, who signs in once."""
    known: dict[str, Any] = {}

    def cookies_of(username: str) -> Any:
        if username not in known:
            context = browser.new_context(**browser_context_args)
            context.set_default_timeout(PATIENCE)
            fill_in_sign_in(context.new_page(), username, house.passwords[username])
            known[username] = context.storage_state()
            context.close()
        return known[username]

    return cookies_of


@pytest.fixture
def visit(browser, browser_context_args, signed_in) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a browser for a person ("" for nobody).

    When the test is over, no page may have broken the content policy or run into a fault.
    """
    faults: list[str] = []
    opened: list[BrowserContext] = []

    def open_for(username: str = "", **options: Any) -> Page:
        cookies = {"storage_state": signed_in(username)} if username else {}
        context = browser.new_context(**{**browser_context_args, **cookies, **options})
        opened.append(context)
        watch(context, faults)
        return context.new_page()

    yield open_for
    for context in opened:
        context.close()
    assert faults == []


def watch(context: BrowserContext, faults: list[str]) -> None:
    """Keep what goes wrong in the pages of a browser: script errors and the content policy."""

    def note(message: Any) -> None:
        # An answer such as 404 is told there too; tests that want one look at the answer itself.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(message.text)

    context.set_default_timeout(PATIENCE)
    context.on("console", note)
    context.on("weberror", lambda error: faults.append(str(error.error)))


def fill_in_sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, seconds: float = 180) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            assert time.monotonic() < until, f"{url} did not answer"
            time.sleep(0.2)
