"""What a database must hold beside its tables: functions, triggers and policies, with hashes.

`schema_objects.txt` lists those of this version, as a fresh database has them; `pulih check` and
the upgrade test compare with it, so that two databases of one version cannot differ unseen.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from importlib.resources import files

from pulih.common.errors import Message

Rows = list[tuple[str, str]]
Ask = Callable[[str], Rows]  # Runs a query of two columns: what it is, and its definition.

LIST = "schema_objects.txt"
# Not pg_get_functiondef: PostgreSQL's versions write the same function differently.
OBJECTS = """
SELECT 'function ' || p.oid::regprocedure,
    concat_ws('|', p.prosrc, p.provolatile, p.prosecdef, p.proisstrict, p.proparallel, p.proretset,
        p.prorettype::regtype, p.proargnames, p.proargmodes, p.pronargdefaults, p.proconfig,
        l.lanname, a.aggtransfn, a.agginitval)
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
WHERE p.pronamespace = 'public'::regnamespace
UNION ALL
SELECT 'trigger ' || t.tgrelid::regclass || '.' || t.tgname,
    concat_ws('|', pg_get_triggerdef(t.oid), t.tgenabled)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'policy ' || p.polrelid::regclass || '.' || p.polname,
    concat_ws('|', p.polcmd, p.polpermissive, p.polroles::regrole[],
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
WHERE c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'row security ' || c.oid::regclass, c.relforcerowsecurity::text
FROM pg_class c WHERE c.relrowsecurity AND c.relnamespace = 'public'::regnamespace
"""
REWRITTEN = re.compile(r'::"?[a-z ]+"?(\(\d+\))?(\[\])?|[()\s]')


def plain(condition: str) -> str:
    """Leave out casts, brackets and blanks: a dump and its restoring write them differently."""
    return REWRITTEN.sub("", condition)


def objects(ask: Ask) -> dict[str, str]:
    """Return the first 16 digits of each object's SHA-256, by kind and name."""
    return {
        name: hashlib.sha256(
            (text if name.startswith("function") else plain(text)).encode()
        ).hexdigest()[:16]
        for name, text in ask(OBJECTS)
    }


def expected() -> dict[str, str]:
    lines = files("pulih.config").joinpath(LIST).read_text("utf-8").splitlines()
    return {name: digest for name, _, digest in (line.partition("\t") for line in lines)}


def listed(found: dict[str, str]) -> str:
    """Write objects as the list is kept."""
    return "".join(f"{name}\t{digest}\n" for name, digest in sorted(found.items()))


def differences(ask: Ask) -> Iterator[Message]:
    """Yield a sentence for each object that is missing, differs, or that this version lacks."""
    found, wanted = objects(ask), expected()
    for name in sorted(found.keys() | wanted.keys()):
        if name not in found:
            yield Message(f"{name} tidak ada dalam basis data.", f"{name} is not in the database.")
        elif name not in wanted:
            yield Message(
                f"{name} ada dalam basis data, tetapi bukan dari versi ini.",
                f"{name} is in the database and not of this version.",
            )
        elif found[name] != wanted[name]:
            yield Message(
                f"{name} berbeda dari yang milik versi ini; jalankan `pulih migrate`.",
                f"{name} differs from what this version has; run `pulih migrate`.",
            )
