"""An account as people write it: `521211`, `52.12.11`, `521211 Belanja Bahan`, or its name."""

import re
from collections.abc import Collection

from pulih.classifications import accounts
from pulih.common.errors import Message

DIGITS = 6
CODE = re.compile(rf"(?<!\d)([45]\d{{{DIGITS - 1}}})(?!\d)")
DOTTED = re.compile(r"(?<![\d.])([45]\d)[. ]?(\d\d)[. ]?(\d\d)(?![\d.])")
HALVED = re.compile(r"([45]\d\d)[. ](\d{3})")
# What was meant for an account and cannot be one: `52l211`, `52121`, `Belanja bahan`. A part of a
# budget key such as `051` or `3038.001`, and the numbering of rows, are not.
NEARLY = re.compile(r"(?=(?:.*\d){3})[0-9A-Za-z]{5,7}")
SHOWN, EXAMPLE = 40, "521211"


def account_in(text: str) -> str | None:
    """Return the account of six digits that a text names, by its digits or its name, or None."""
    if found := CODE.search(text):
        return found[1]
    if found := HALVED.fullmatch(text.strip()) or DOTTED.search(text):
        return "".join(found.groups())
    words = _plain(text)
    codes = {
        one.code
        for one in accounts.LIST.entries
        if words in (_plain(one.name_indonesian), _plain(one.name_en))
    }
    return codes.pop() if len(codes) == 1 else None


def is_meant(text: str) -> bool:
    """Tell whether a cell of an account's column, in which none was found, was to name one."""
    bare = text.strip()
    return bool(NEARLY.fullmatch(bare.replace(" ", "")) or re.search(r"[^\W\d_]{4,}", bare))


def no_account(text: str, allowed: Collection[str]) -> Message:
    """Say what to write. allowed: accounts of the measure, of which the first is the example."""
    example = min(allowed, default=EXAMPLE)
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return Message(
        f"“{shown}” bukan akun; tulis akun 6 angka, misalnya {example}.",
        f"“{shown}” is no account; write an account of {DIGITS} digits, such as {example}.",
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
