"""`pulih drill`: a backup is restored apart, reconciled there, and forgotten; its report is kept.

A backup that was never restored is a hope.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from pulih.common.errors import Message
from pulih.config import settings
from pulih.config.data_folder import DataFolder
from pulih.config.embedded_postgres import make_folder
from pulih.config.number_keys import keep

REPORTS = "drills.jsonl"
OF_THE_REAL_ONE = ("DATABASE_URL", "PULIH_APP_DATABASE_URL")


def practise(file: Path, key: Path | None, number_keys: dict[str, str] | None = None) -> int:
    """Restore and check in a folder and a server of their own. 0: everything agrees; else 1.

    number_keys: of the installation that was backed up; by default those of this one.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pulih-drill-") as parent:
        Path(parent).chmod(0o711)  # As root, another account runs PostgreSQL.
        folder = Path(parent) / "data"
        make_folder(DataFolder(folder))
        _borrow_programs(folder)
        named = ["--key", str(key)] if key else []
        keep(DataFolder(folder).number_keys, number_keys)
        restored = _pulih(folder, "restore", str(file), *named)
        checked = _pulih(folder, "check", "--json") if restored.returncode == 0 else None
    report = {
        "file": str(file),
        "ended": datetime.now().astimezone().isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - began, 1),
        "is_restored": restored.returncode == 0,
        "agrees": checked is not None and checked.returncode == 0,
        "check": _told(checked.stdout) if checked else {},
    }
    _keep(report)
    sys.stderr.write(restored.stderr + (checked.stderr if checked else ""))
    print(_words(report).in_language(settings.COMMAND_LANGUAGE))
    return 0 if report["agrees"] else 1


def _pulih(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if name not in OF_THE_REAL_ONE}
    environ["PULIH_DATA"] = str(folder)
    return subprocess.run(
        [sys.executable, "-m", "pulih.cli", *words],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip


def _borrow_programs(folder: Path) -> None:
    if settings.DATA.programs.exists():  # PostgreSQL's, which are large.
        (folder / settings.DATA.programs.name).symlink_to(settings.DATA.programs.resolve())


def _keep(report: dict[str, Any]) -> None:
    settings.DATA.logs.mkdir(parents=True, exist_ok=True)
    with (settings.DATA.logs / REPORTS).open("a") as reports:
        reports.write(json.dumps(report, ensure_ascii=False) + "\n")


def _told(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {}


def _words(report: dict[str, Any]) -> Message:
    file, seconds = report["file"], report["seconds"]
    if report["agrees"]:
        return Message(
            id=f"{file} pulih utuh dalam {seconds} detik; semua pencocokan sesuai.",
            en=f"{file} was restored whole in {seconds} seconds; everything agrees.",
        )
    if report["is_restored"]:
        return Message(
            id=f"{file} dapat dipulihkan, tetapi pencocokan menemukan selisih.",
            en=f"{file} can be restored, but the check found differences.",
        )
    return Message(
        id=f"{file} tidak dapat dipulihkan; sebabnya di atas.",
        en=f"{file} cannot be restored; the reason stands above.",
    )
