"""The register prepared for linking, in the data folder: so that a list need not read all again.

The folder is closed to others, and its tables are encrypted as delivered files are, for they hold
personal data. A stamp names the run that prepared them; where the database knows no such run
(another database, an older backup), or no key at hand opens them, they are made again.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import polars as pl
from django.conf import settings

from pulih.common import drafts
from pulih.common.errors import Refusal
from pulih.inbox import bulk
from pulih.linkage import index
from pulih.linkage.run import prepare
from pulih.linkage.weights import Weights
from pulih.people import file_cipher
from pulih.people.number_cipher import secrets_by_id

from . import records
from .models import Enterprise, LinkRun

FEW = 5_000  # Enterprises that came since, whom every list is compared with again.
SHARE = 0.1
TABLE = ".parquet"
KNOWN = "id <= {upto:d} AND (is_listed OR merged_into_id IS NOT NULL)"
CLUSTERS = """
    SELECT id, coalesce(merged_into_id, id) FROM registry_enterprise WHERE {condition}
"""


class Prepared(NamedTuple):
    """A prepared register that holds the enterprises up to an id; those above came since."""

    path: Path
    upto: int


def folder() -> Path:
    """Return the folder of what linking keeps, made if missing and closed to others."""
    path = Path(settings.DATA.path) / "linkage"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def weights_path() -> Path:
    """Return where the weights learned from answers lie, once there are any."""
    return folder() / "weights.json"


def scratch() -> AbstractContextManager[Path]:
    """Return a folder for tables on their way to linkage and back."""
    return drafts.draft_folder(folder())


def ready(before: int, run: LinkRun) -> Prepared | None:
    """Return a prepared register of enterprises below `before`; None when there is none to hold.

    It is made again where it is missing, of another database or version, or too far behind.
    """
    held = _held()
    if held and held.upto < before and not _is_behind(held, before):
        return held
    return make(before - 1, run)


def make(upto: int, run: LinkRun) -> Prepared | None:
    """Prepare the enterprises up to an id; those that were merged speak beside the kept ones."""
    condition = KNOWN.format(upto=upto)
    known = records.read(condition)
    if known.is_empty():
        return None
    clusters = bulk.fetch(
        CLUSTERS.format(condition=condition), {"record_id": pl.Int64, "enterprise_id": pl.Int64}
    ).join(known, on="record_id", how="semi")  # Some may have been listed since they were read.
    stamp = {"run": run.pk, "at": str(run.asked_at), "upto": upto}
    with scratch() as room, scratch() as kept:
        known.write_parquet(room / "known.parquet")
        clusters.write_parquet(room / "clusters.parquet")
        prepare(room / "known.parquet", room / "clusters.parquet", room / "register")
        for file in (room / "register").iterdir():
            _keep(file, kept / file.name)
        (kept / "stamp.json").write_text(json.dumps(stamp), "utf-8")
        for file in kept.iterdir():
            file.chmod(0o600)
        path = folder() / "register"
        shutil.rmtree(path, ignore_errors=True)
        kept.replace(path)
    return Prepared(path, upto)


def _keep(file: Path, target: Path) -> None:
    """Copy a file of a prepared register; what it says of persons is encrypted."""
    with file.open("rb") as plain, target.open("wb") as kept:
        if file.suffix == TABLE:
            file_cipher.encrypt(plain, kept)
        else:
            shutil.copyfileobj(plain, kept)


@contextmanager
def opened(held: Prepared) -> Iterator[Path]:
    """Have a folder in which linkage reads the register; its tables lie in memory alone."""
    with TemporaryDirectory() as place, ExitStack() as files:
        for file in held.path.iterdir():
            plain = files.enter_context(file_cipher.opened(file))
            Path(place, file.name).symlink_to(f"/proc/{os.getpid()}/fd/{plain.fileno()}")
        yield Path(place)


def trained() -> Weights | None:
    """Return the weights that the prepared register taught; None while there is none."""
    try:
        return index.read_weights(folder() / "register")
    except Refusal:
        return None


def _held() -> Prepared | None:
    path = folder() / "register"
    try:
        stamp = json.loads((path / "stamp.json").read_text("utf-8"))
        index.read_weights(path)
    except (OSError, ValueError, Refusal):
        return None
    asked_at = datetime.fromisoformat(stamp["at"])
    if not LinkRun.objects.filter(pk=stamp["run"], asked_at=asked_at).exists():
        return None
    if any(file_cipher.key_of(file) not in secrets_by_id() for file in path.glob(f"*{TABLE}")):
        return None  # Plain, of an older version, or under a key that was given up.
    return Prepared(path, int(stamp["upto"]))


def _is_behind(held: Prepared, before: int) -> bool:
    """Tell whether more came since than every list should be compared with."""
    since = Enterprise.objects.filter(id__gt=held.upto, id__lt=before).count()
    return since > max(FEW, held.upto * SHARE)
