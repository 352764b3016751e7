"""`pulih check`: every room that keeps a total proves it: `python -m pulih.config.reconcile`.

A room takes part with a file `reconcile.py` and in it `differences()`, which yields a sentence for
each thing that does not add up.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module

import django

from pulih.common.errors import Message
from pulih.config import settings
from pulih.config.faults import DONE, FINDINGS, report_our_own
from pulih.config.rooms import rooms_with


def main() -> int:
    """Print what does not add up; exit 1 when anything does not."""
    report_our_own()
    django.setup()
    from pulih.people.scope import speaking_as_system

    with speaking_as_system():
        found = list(differences())
    if "--json" in sys.argv:
        rooms = [room.removeprefix("pulih.") for room in rooms_with("reconcile.py")]
        print(json.dumps({"rooms": rooms, "differences": found}, ensure_ascii=False))
    else:
        print("\n".join(found) or _ALL_AGREES.in_language(settings.COMMAND_LANGUAGE))
    return FINDINGS if found else DONE


def differences() -> Iterator[str]:
    """Yield every difference of every room, named after it."""
    for package in rooms_with("reconcile.py"):
        for sentence in import_module(f"{package}.reconcile").differences():
            yield f"{package.removeprefix('pulih.')}: {sentence}"


_ALL_AGREES = Message(id="Semua cocok.", en="Everything agrees.")

if __name__ == "__main__":
    sys.exit(main())
