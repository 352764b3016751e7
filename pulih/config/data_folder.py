"""Where Pulih keeps what must survive: the database, the uploads, the secrets."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LONGEST_SOCKET_PATH = 90  # The system allows 107 bytes, and the name of the socket needs some.


@dataclass(frozen=True)
class DataFolder:
    """The folder of one clone and the places in it. Nothing here touches the disk."""

    path: Path

    @property
    def cluster(self) -> Path:
        return self.path / "postgresql"

    @property
    def programs(self) -> Path:
        return self.path / "programs"

    @property
    def uploads(self) -> Path:
        return self.path / "uploads"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def secrets(self) -> Path:
        return self.path / "secrets.toml"

    @property
    def number_keys(self) -> Path:
        """Return the file of the keys for numbers of persons, which no backup holds."""
        return self.path / "number_keys.toml"

    @property
    def versions(self) -> Path:
        return self.path / "versions.toml"

    @property
    def sockets(self) -> Path:
        """Return the folder of PostgreSQL's socket, whose path the system wants short."""
        usual = self.path / "run"
        if len(bytes(usual)) <= LONGEST_SOCKET_PATH:
            return usual
        return Path(tempfile.gettempdir()) / f"pulih-{short_hash(self.path)}"


def data_folder_of(clone: Path, environ: Mapping[str, str], *, is_root: bool) -> DataFolder:
    """Return the data folder that belongs to a clone: one each, so that two never mix."""
    if chosen := environ.get("PULIH_DATA"):
        return DataFolder(Path(chosen).expanduser().absolute())
    return DataFolder(_parent(environ, is_root) / f"{clone.name}-{short_hash(clone)}")


def short_hash(path: Path) -> str:
    return hashlib.sha256(bytes(path.absolute())).hexdigest()[:8]


def _parent(environ: Mapping[str, str], is_root: bool) -> Path:
    if is_root:
        return Path("/var/lib/pulih")
    home = Path(environ.get("HOME") or Path.home())
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "pulih"
