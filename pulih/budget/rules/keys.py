"""The key of a budget line, as POK sheets and public dumps write it, fixed and read.

2020: activity.output[.suboutput].component.subcomponent.account (`3038.001.051.A.521211`).
2021 on: activity.KRO.RO.component.subcomponent.account (`4498.ABO.001.051.A.521211`).
Source: BUDGET-01.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from pulih.common.errors import Message

FIRST_YEAR_OF_KRO = 2021
_INVISIBLE = re.compile(r"[\s\u00a0\u200b\u200c\u200d\ufeff]+")
_OLD = re.compile(
    r"(?P<activity>\d{4})\.(?P<output>\d{3})(\.(?P<suboutput>\d{3}))?"
    r"\.(?P<component>\d{3})\.(?P<subcomponent>[A-Z]{1,2})\.(?P<account>\d{6})"
)
_NEW = re.compile(
    r"(?P<activity>\d{4})\.(?P<output>[A-Z]{3})\.(?P<suboutput>\d{3})"
    r"\.(?P<component>\d{3})\.(?P<subcomponent>[A-Z]{1,2})\.(?P<account>\d{6})"
)
PARTS = ("activity", "output", "suboutput", "component", "subcomponent", "account")


@dataclass(frozen=True, order=True)
class LineKey:
    """The parts of a key; `suboutput` is empty where 2020 has none, and the RO from 2021 on."""

    activity: str
    output: str
    suboutput: str
    component: str
    subcomponent: str
    account: str

    def __str__(self) -> str:
        parts = (getattr(self, name) for name in PARTS)
        return ".".join(part for part in parts if part)


class Funding(NamedTuple):
    """What a line hangs on beside its key: fund source, programme, authority."""

    fund_source: str = "RM"
    programme: str = ""
    authority: str = ""

    @property
    def words(self) -> str:
        """Return it as documents write it: `PLN · 019.08.DL · DK`."""
        return " · ".join(part for part in self if part)


NOT_SAID = Funding("", "", "")


def mended(text: str) -> str:
    """Return a code without stray blanks, tabs, line ends and doubled dots, in capitals."""
    bare = _INVISIBLE.sub("", text).upper()
    return re.sub(r"\.{2,}", ".", bare).strip(".")


def line_key(text: str, fiscal_year: int) -> LineKey | Message:
    """Read a whole key of `fiscal_year`; a message says what is wrong with one that is none."""
    pattern = _NEW if fiscal_year >= FIRST_YEAR_OF_KRO else _OLD
    if found := pattern.fullmatch(mended(text)):
        return LineKey(*(found[name] or "" for name in PARTS))
    return _broken(text, fiscal_year)


def output_code(key: str, fiscal_year: int) -> str:
    """Return the part of a key that names its output; from 2021 on with its RO."""
    parts = key.split(".")[:-3]
    return ".".join(parts if fiscal_year >= FIRST_YEAR_OF_KRO else parts[:2])


def line_key_of_parts(parts: dict[str, str | None], fiscal_year: int) -> LineKey | Message:
    """Read a key whose parts stand in columns of their own.

    A part may hold dotted parts (`output` = `ABO.001`), or the account column the whole key.
    """
    texts = {name: mended(parts.get(name) or "") for name in PARTS}
    if not texts["account"]:
        return _without_account(texts)
    if "." in texts["account"]:
        return line_key(texts["account"], fiscal_year)
    return line_key(".".join(text for text in texts.values() if text), fiscal_year)


def _without_account(texts: dict[str, str]) -> Message:
    rest = ".".join(text for text in texts.values() if text) or "–"
    return Message(
        f"Baris {rest} tidak punya akun. Isi akun 6 angka.",
        f"Line {rest} has no account. Fill in the 6-digit account.",
    )


def _broken(text: str, fiscal_year: int) -> Message:
    example = (
        "4498.ABO.001.051.A.521211" if fiscal_year >= FIRST_YEAR_OF_KRO else "3038.001.051.A.521211"
    )
    return Message(
        f"“{text}” bukan kunci baris POK {fiscal_year}. Bentuknya {example}.",
        f"“{text}” is not a POK line key of {fiscal_year}. It looks like {example}.",
    )
