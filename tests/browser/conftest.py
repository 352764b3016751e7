"""A whole installation for the journeys: `pulih demo` and `pulih serve`, as a person starts them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

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
]


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
    parent = Path(tempfile.mkdtemp(prefix="pulih-browser-"))
    parent.chmod(0o711)
    data = parent / "data"
    url = f"http://127.0.0.1:{_free_port()}"
    environment = {**os.environ, "PULIH_DATA": str(data), "PULIH_BIND": url.removeprefix("http://")}
    subprocess.run([PULIH, "demo", "--firms", FIRMS], env=environment, check=True)
    served = subprocess.Popen([PULIH, "serve"], env=environment, start_new_session=True)
    try:
        _wait_for(f"{url}/health/")
        secrets = tomllib.loads((data / "secrets.toml").read_text())
        prefix = "demo_password_"
        passwords = {n.removeprefix(prefix): v for n, v in secrets.items() if n.startswith(prefix)}
        yield House(url, data, passwords)
    finally:
        served.send_signal(signal.SIGTERM)
        served.wait(timeout=30)
        shutil.rmtree(parent, ignore_errors=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": CLOSED_NETWORK}


@pytest.fixture(scope="session")
def base_url(house: House) -> str:
    return house.url


@pytest.fixture
def sign_in(page, house: House):
    """Return a function that signs a demo person in."""

    def enter(username: str) -> None:
        page.goto("/accounts/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", house.passwords[username])
        page.click("main button[type=submit], form button.btn-primary")
        page.wait_for_url(f"{house.url}/")

    return enter


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            assert time.monotonic() < until, f"{url} did not answer"
            time.sleep(0.2)
