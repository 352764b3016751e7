"""Values through a Typst template into a PDF that a screen reader reads (PDF/UA-1).

A template takes its values as JSON from `sys.inputs.values`. Beside what the room gives, `program`
says which version made the paper, and `unprintable` which signs no font could draw.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from pulih.common.version import VERSION

PACKAGE = Path(__file__).parents[1]
MARK = "□"  # Stands where no font has the sign, so that nobody takes the text for complete.
BULLETS = dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc", "•")  # Word's own, from pasted lists.
CONTROLS = {chr(code): "" for code in (*range(9), 11, 12, *range(14, 32), 127)}
READABLE = str.maketrans({**BULLETS, **CONTROLS})
REFUSED = re.compile(r"the text `\"(?P<sign>.+?)\"` could not be displayed", re.DOTALL)
ESCAPED = re.compile(r"\\u\{(?P<code>[0-9a-f]+)\}")


def typeset(template: Path, values: Mapping[str, Any]) -> bytes:
    """Return the PDF; the same values always make the same bytes."""
    text = json.dumps(_readable(dict(values)), ensure_ascii=False)
    missing: list[str] = []
    while True:
        try:
            return _compile(template, text, missing)
        except typst.TypstError as failed:
            sign = _sign_without_font(failed, text)
            if sign is None:
                raise
            missing.append(_kin(sign))
            text = "".join(MARK if _kin(each) == missing[-1] else each for each in text)


def _compile(template: Path, text: str, missing: list[str]) -> bytes:
    made: bytes = typst.compile(
        str(template),
        root=root_of(template),
        format="pdf",
        sys_inputs=inputs(text, missing),
        pdf_standards=["ua-1"],
    )
    return made


def root_of(template: Path) -> str:
    """Return the folder that `/` means: papers import what they share, as `/documents/seal.typ`."""
    return str(PACKAGE if template.is_relative_to(PACKAGE) else template.parent)


def inputs(values: str, missing: list[str]) -> dict[str, str]:
    """Return what a template is given. values: JSON; missing: scripts and signs without a font."""
    return {"values": values, "program": f"Pulih {VERSION}", "unprintable": _note(missing)}


def _note(missing: list[str]) -> str:
    if not missing:
        return ""
    scripts = ", ".join(each.lower() if len(each) > 1 else f"U+{ord(each):04X}" for each in missing)
    return f"{MARK} = huruf yang tidak ada dalam fon dokumen ini ({scripts}); bacalah di Pulih."


def _sign_without_font(failed: typst.TypstError, text: str) -> str | None:
    found = REFUSED.search(str(failed))
    if found is None:
        return None
    sign = ESCAPED.sub(lambda code: chr(int(code["code"], 16)), found["sign"])[0]
    return sign if sign in text and sign != MARK else None


def _kin(sign: str) -> str:
    """Return a letter's script, any other sign itself: one retry for all letters of a script."""
    is_letter_without_case = unicodedata.category(sign) == "Lo"
    return unicodedata.name(sign, sign).split()[0] if is_letter_without_case else sign


def _readable(value: Any) -> Any:
    match value:
        case str():
            return value.translate(READABLE)
        case dict():
            return {key: _readable(each) for key, each in value.items()}
        case list() | tuple():
            return [_readable(each) for each in value]
        case _:
            return value
