"""Whether the reference scenario is loaded, and who may sign in to it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pulih.common.errors import Message
from pulih.config import settings
from pulih.config.django_commands import must_run
from pulih.config.rooms import PACKAGE
from pulih.config.secrets import read_secrets

PREFIX = "demo_password_"


WRITER = "pulih.scenarios.covid_2020.writing"


def build_unless_there() -> None:
    """Build the scenario once per database; a build that was stopped goes on. May refuse."""
    if _is_wanted():
        must_run("demo")
        _stamp().touch()


@contextmanager
def files_written_ahead() -> Iterator[None]:
    """Let the scenario's files be written while the block runs; the build finds what is there.

    They need no database, and making one leaves a core idle.
    """
    if not _is_wanted():
        yield
        return
    command = [sys.executable, "-m", WRITER, str(settings.DEMO_FOLDER)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as writer:
        try:
            yield
        finally:
            writer.terminate()  # Two writers would write each file twice.


def _is_wanted() -> bool:
    return _command_exists() and not _stamp().exists()


def _stamp() -> Path:
    return settings.DATA.path / "demo-is-built"


def sign_ins(language: str) -> list[str]:
    """Return the lines that tell the log-ins of the demo, one per role; none without a demo."""
    secrets = read_secrets(settings.DATA.secrets)
    passwords = {
        name.removeprefix(PREFIX): value
        for name, value in secrets.items()
        if name.startswith(PREFIX)
    }
    if not passwords:
        return []
    width = max(map(len, passwords))
    lines = [f"  {user:<{width}}  {password}" for user, password in passwords.items()]
    return [_HEADING.in_language(language), *lines]


def _command_exists() -> bool:
    return any(PACKAGE.glob("scenarios/**/management/commands/demo.py"))


_HEADING = Message(id="Akun demo (nama, sandi):", en="Demo log-ins (name, password):")
