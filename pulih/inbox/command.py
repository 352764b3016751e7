"""`pulih import FILE... [--kind] [--office] [--as-of] [--by] [--json]`: deliver lists from here."""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import translation

from pulih import places
from pulih.areas.models import COUNTRY, Area
from pulih.common.errors import Message, Refusal
from pulih.intake.in_child import Interrupted
from pulih.people.models import User
from pulih.people.scope import SYSTEM_USERNAME, speaking_as_system, speaking_for

from . import actions, receivers
from .models import CellProblem, ImportBatch, Kind, State

DONE, WITH_PROBLEMS, COULD_NOT = 0, 1, 2
_WAITS = Message(
    "Pembacaan dihentikan dari luar: memori atau penyimpanan mesin tidak cukup. Berkas ini sudah "
    "diterima dan akan dibaca lagi oleh Pulih yang berjalan: jangan kirim lagi.",
    "The reading was ended from outside: the machine is short of memory or disk. This file was "
    "received, and a running Pulih will read it: do not send it again.",
)


def run(arguments: Sequence[str]) -> int:
    """Deliver and read files, one after the other; return the exit status.

    0: all in and nothing to look at. 1: in, with problems. 2: at least one was not taken in.
    """
    words = [word for word in arguments if word != "--traceback"]  # Ours to add, not theirs.
    options = _parser().parse_args(words)
    language = translation.get_language() or "id"
    try:
        with speaking_as_system():
            by = _person(options.by)
            office = _office(options.office, by, options.as_of)
    except Refusal as refusal:
        return _tell_refusal(refusal.message, language, options.json)
    results = []
    for path in options.files:
        with speaking_for(by):
            results.append(_deliver(path, office, by, options, language))
    if options.json:
        print(json.dumps({"files": [told for _status, told in results]}, ensure_ascii=False))
    return max(status for status, _told in results)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pulih import", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--kind", choices=Kind.values, default=Kind.AUTO)
    parser.add_argument("--office", default="", help="whose list it is: a province or regency")
    parser.add_argument("--as-of", type=_day, default=date.today(), help="YYYY-MM-DD")
    parser.add_argument("--by", default=SYSTEM_USERNAME, help="user name of who delivers")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y-%m-%d").date()


def _person(username: str) -> User:
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise Refusal(
            Message(
                f"Tidak ada pengguna {username}. Periksa nama setelah --by.",
                f"There is no user {username}. Check the name after --by.",
            )
        )
    return person


def _office(name: str, by: User, on: date) -> Area:
    if not name:
        return by.home or Area.objects.get(pk=COUNTRY)
    found = places.resolve(name, on=on)
    if found is None:
        raise Refusal(
            Message(
                f"Tidak jelas wilayah mana yang dimaksud {name}. Tulis misalnya Jawa Barat atau "
                "Kab. Indramayu.",
                f"It is not clear which area {name} means. Write for example Jawa Barat or Kab. "
                "Indramayu.",
            )
        )
    return Area.objects.get(pk=found.key)


def _deliver(
    path: Path, office: Area, by: User, options: argparse.Namespace, language: str
) -> tuple[int, dict[str, Any]]:
    try:
        with path.open("rb") as file:
            batch = actions.deliver(
                file, kind=options.kind, office=office, by=by, as_of=options.as_of, name=path.name
            )
    except OSError:
        missing = Message(f"{path}: tidak dapat dibuka.", f"{path}: cannot be opened.")
        return COULD_NOT, _not_taken(path, missing, language)
    except Refusal as refusal:
        return COULD_NOT, _not_taken(path, refusal.message, language)
    try:
        batch = actions.read(batch.pk)
    except Interrupted:
        return COULD_NOT, _not_taken(path, _WAITS, language)
    if batch.state != State.DONE:
        why = Message(batch.problem_indonesian, batch.problem_en)
        return COULD_NOT, _not_taken(path, why, language)
    receivers.finish(batch)
    return _taken(path, batch, by)


def _taken(path: Path, batch: ImportBatch, by: User) -> tuple[int, dict[str, Any]]:
    """Write the marked file beside the delivered one and tell the counts."""
    marked = path.with_name(f"{path.stem}.checked.xlsx")
    with actions.open_checked(batch, by=by) as checked, marked.open("wb") as beside:
        shutil.copyfileobj(checked, beside)
    counts = {"accepted": batch.accepted, "corrected": batch.corrected, "rejected": batch.rejected}
    print(
        f"{path.name}: {batch.rows} = {batch.accepted} + {batch.corrected} + {batch.rejected} "
        f"(diterima / accepted + dikoreksi / corrected + ditolak / rejected) → {marked.name}",
        file=sys.stderr,
    )
    told = {"file": str(path), "batch": batch.pk, "kind": batch.kind, "rows": batch.rows}
    told |= {**counts, "effects": batch.effects, "checked": str(marked), "seconds": batch.seconds}
    has_problems = CellProblem.objects.filter(batch=batch).exists()
    return (WITH_PROBLEMS if has_problems else DONE), told


def _not_taken(path: Path, why: Message, language: str) -> dict[str, Any]:
    print(f"{path.name}: {why.in_language(language)}", file=sys.stderr)
    return {"file": str(path), "error": why.en, "message_id": why.id, "message_en": why.en}


def _tell_refusal(message: Message, language: str, as_json: bool) -> int:
    print(message.in_language(language), file=sys.stderr)
    if as_json:
        print(json.dumps({"error": message.en, "faults": []}))
    return COULD_NOT
