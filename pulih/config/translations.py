"""Compile the rooms' translations: `python -m pulih.config.translations`.

Babel's own command refuses “10 % of” for looking like a placeholder; placeholders are compared
by `make check` instead.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pulih.config.rooms import PACKAGE


def main() -> None:
    for source in sorted(PACKAGE.glob("**/locale/*/LC_MESSAGES/django.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            compile_one(source, compiled)


def compile_one(source: Path, compiled: Path) -> None:
    """Write the binary form of one catalogue; doubtful (fuzzy) sentences are left out."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3])
    draft = compiled.with_suffix(".new")
    with draft.open("wb") as file:
        write_mo(file, catalogue, use_fuzzy=False)
    draft.replace(compiled)


if __name__ == "__main__":
    main()
