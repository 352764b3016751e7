"""Whether the reference scenario is loaded, and who may sign in to it."""

from __future__ import annotations

from pulih.common.errors import Message
from pulih.config import settings
from pulih.config.django_commands import must_run
from pulih.config.rooms import PACKAGE
from pulih.config.secrets import read_secrets

PREFIX = "demo_password_"


def build_unless_there() -> None:
    """Build the scenario once per database; a build that was stopped goes on. May refuse."""
    stamp = settings.DATA.path / "demo-is-built"
    if stamp.exists() or not _command_exists():
        return
    must_run("demo")
    stamp.touch()


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
