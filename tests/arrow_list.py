"""`make schema`: write the moves that rooms declare as the SQL that a trigger asks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import django

HEAD = """\
-- The moves of every machine that rooms declare. Written by `python -m tests.arrow_list` out of the
-- one declaration in Python; a test holds the two together. Never edited by hand.

CREATE OR REPLACE FUNCTION workflow_arrows()
RETURNS TABLE (machine text, from_state text, move text, to_state text, is_final boolean)
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    VALUES
"""


def rendered() -> str:
    rows = ",\n".join(f"        {row}" for row in arrows())
    return f"{HEAD}{rows}\n$$;\n"


def arrows() -> Iterator[str]:
    from pulih.workflow import registry
    from pulih.workflow.states import START

    machines = [registry.machine_of(key) for key in registry.known()]
    machines += registry.columns().values()
    for machine in sorted(machines, key=lambda one: one.key):
        key = machine.key
        yield _row(key, START, "", machine.start, machine.state(machine.start).final)
        for move in machine.moves:
            for source in move.sources:
                target = machine.state(move.target)
                yield _row(key, source, move.key, target.key, target.final)


def _row(*values: str | bool) -> str:
    written = (str(one).lower() if isinstance(one, bool) else f"'{one}'" for one in values)
    return f"({', '.join(written)})"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulih.config.settings")
    django.setup()
    from pulih.config.rooms import PACKAGE

    text = rendered()
    if "--print" in sys.argv:
        sys.stdout.write(text)
    else:
        (PACKAGE / "workflow" / "sql" / "arrows.sql").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
