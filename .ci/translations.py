"""Every sentence in code and templates has its Indonesian, with the same placeholders."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_python
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
LAZY = ("", "_lazy", "_noop")
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    **{f"gettext{lazy}": None for lazy in LAZY},
    **{f"ngettext{lazy}": None for lazy in LAZY},
    **{f"pgettext{lazy}": ((1, "c"), 2) for lazy in LAZY},
    **{f"npgettext{lazy}": ((1, "c"), 2, 3) for lazy in LAZY},
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def main() -> int:
    known, faults = catalogue()
    for path, line, sentence in sorted(set(sentences())):
        if sentence not in known:
            faults.append(f"{path}:{line}: no Indonesian for {sentence!r}")
    print("\n".join(faults))
    return 1 if faults else 0


def catalogue() -> tuple[set[str], list[str]]:
    """Return the sentences that have an Indonesian, and what is wrong with the others."""
    known: set[str] = set()
    faults: list[str] = []
    for path in sorted(ROOT.glob("pulih/**/locale/id/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            messages = [message for message in read_po(file, locale="id") if message.id]
        for message in messages:
            first = message.id[0] if isinstance(message.id, tuple) else message.id
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            place = f"{path.relative_to(ROOT)}: {first!r}"
            if message.fuzzy or not all(forms):
                faults.append(f"{place} is fuzzy or empty")
            elif any(placeholders(form) - placeholders(*ids_of(message)) for form in forms):
                faults.append(f"{place} has other placeholders")
            else:
                known.add(first)
    return known, faults


def ids_of(message: object) -> tuple[str, ...]:
    ids = message.id  # type: ignore[attr-defined]
    return ids if isinstance(ids, tuple) else (ids,)


def placeholders(*texts: str) -> set[str]:
    return {name or other for text in texts for name, other in PLACEHOLDER.findall(text)}


def sentences() -> Iterator[tuple[str, int, str]]:
    """Yield file, line and English sentence of everything marked for translation."""
    for path in sorted(ROOT.glob("pulih/**/*.py")):
        if "migrations" not in path.parts:
            yield from extracted(path, path.read_text())
    for path in sorted(ROOT.glob("pulih/**/templates/**/*.*")):
        if path.suffix in (".html", ".txt"):
            yield from extracted(path, as_python(path.read_text()))


def as_python(template: str) -> str:
    """Return a template as Django shows it to gettext, without what Python would stumble over."""
    from django.utils.translation.template import templatize

    lines = templatize(template).split("\n")
    return "\n".join(line.strip() for line in lines)


def extracted(path: Path, text: str) -> Iterator[tuple[str, int, str]]:
    name = str(path.relative_to(ROOT))
    for line, function, found, _ in extract_python(BytesIO(text.encode()), KEYWORDS, (), {}):
        spec = KEYWORDS.get(function or "")
        parts = found if isinstance(found, tuple) else (found,)
        sentence = parts[1] if spec else parts[0]
        if sentence:
            yield name, line, sentence


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulih.config.settings")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    sys.exit(main())
