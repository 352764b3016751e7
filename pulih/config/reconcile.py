"""`pulih check`: every room that keeps a total proves it: `python -m pulih.config.reconcile`.

A room takes part with a file `reconcile.py` and in it `differences()`, which yields a sentence for
each thing that does not add up, and `verified()`, which counts what was looked at.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module

from pulih.common.errors import Message
from pulih.common.money import grouped
from pulih.config import schema_objects, settings
from pulih.config.anchors import lost
from pulih.config.faults import DONE, FINDINGS, report_our_own
from pulih.config.notes import notes
from pulih.config.rooms import rooms_with
from pulih.config.start import set_up

SCHEMA = "schema"
Verified = Mapping[str, Mapping[Message, int]]  # By room and by what was counted.


def main() -> int:
    """Print what does not add up and how much was checked; exit 1 when anything does not."""
    report_our_own()
    set_up()
    from pulih.people.scope import speaking_as_system

    asked = _options()
    with speaking_as_system():
        found, counted = differences(asked.seal), verified()
        noted = [note.in_language(settings.COMMAND_LANGUAGE) for note in notes()]
    if asked.json:
        print(in_json(found, counted, noted))
    else:
        print(in_words(found, counted, settings.COMMAND_LANGUAGE, noted))
    return FINDINGS if found else DONE


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seal", default="")
    return parser.parse_args()


def differences(seal: str = "") -> list[str]:
    """Return every difference of the schema and of every room, named after it.

    seal: of a published manifest, hex, that the ledger must still hold.
    """
    from pulih.audit.snapshots import one_snapshot

    with one_snapshot():  # What people do meanwhile is no difference.
        return list(_differences(seal))


def _differences(seal: str) -> Iterator[str]:
    if seal and not import_module("pulih.budget.reconcile").holds(seal):
        yield f"budget: {lost(seal).in_language(settings.COMMAND_LANGUAGE)}"
    for message in schema_objects.differences(_ask):
        yield f"schema: {message.in_language(settings.COMMAND_LANGUAGE)}"
    for package in rooms_with("reconcile.py"):
        for sentence in import_module(f"{package}.reconcile").differences():
            yield f"{package.removeprefix('pulih.')}: {sentence}"


def verified() -> Verified:
    """Return what each room has looked at, and how many of it; the schema comes last."""
    counted = {
        package.removeprefix("pulih."): import_module(f"{package}.reconcile").verified()
        for package in rooms_with("reconcile.py")
    }
    return {**counted, SCHEMA: {_OBJECTS: len(schema_objects.expected())}}


def _ask(query: str) -> schema_objects.Rows:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def in_words(
    found: Sequence[str], counted: Verified, language: str, noted: Sequence[str] = ()
) -> str:
    """Return what differs, then how much was checked: an empty database has proved nothing.

    noted: what somebody should look at; it comes last, and is no difference.
    """
    rows = sum(sum(room.values()) for name, room in counted.items() if name != SCHEMA)
    if not found and not rows:
        return _NOTHING_THERE.in_language(language)
    heading = _CHECKED.in_language(language)
    first = [*found, heading] if found else [f"{_ALL_AGREES.in_language(language)} {heading}"]
    rooms = [_of_room(name, counted[name], language) for name in counted]
    last = [_TO_LOOK_AT.in_language(language), *(f"  {one}" for one in noted)] if noted else []
    return "\n".join([*first, *rooms, *last])


def _of_room(name: str, counted: Mapping[Message, int], language: str) -> str:
    parts = (
        f"{what.in_language(language)} {grouped(number, language)}"
        for what, number in counted.items()
    )
    return f"  {name}: {', '.join(parts)}"


def in_json(found: Sequence[str], counted: Verified, noted: Sequence[str] = ()) -> str:
    """Return the same as one object; the counts are named in English."""
    rooms = {
        name: {what.en.replace(" ", "_"): number for what, number in room.items()}
        for name, room in counted.items()
    }
    told = {"rooms": list(rooms), "differences": list(found), "verified": rooms}
    told["notes"] = list(noted)
    return json.dumps(told, ensure_ascii=False)


_OBJECTS = Message(
    id="fungsi, pemicu, dan kebijakan baris", en="functions, triggers and row policies"
)
_ALL_AGREES = Message(id="Semua cocok.", en="Everything agrees.")
_CHECKED = Message(id="Yang diperiksa:", en="Checked:")
_TO_LOOK_AT = Message(id="Perlu dilihat, bukan selisih:", en="To look at, no differences:")
_NOTHING_THERE = Message(
    id="Belum ada yang dapat dicocokkan: basis data ini masih kosong.",
    en="There is nothing to check yet: this database is empty.",
)

if __name__ == "__main__":
    sys.exit(main())
