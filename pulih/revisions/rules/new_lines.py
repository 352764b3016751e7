"""Which fund source, programme and authority a line to be opened has, where nobody said.

It is what the lines nearest to it have: of its component, else of its output, else of its activity,
else of the whole unit. Where those differ, Pulih asks and does not guess.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pulih.budget.rules.keys import Funding, LineKey
from pulih.common.errors import Message


class Near(NamedTuple):
    """A line of the unit, as far as a new one may be like it."""

    key: LineKey
    funding: Funding


def funding_of_new(
    key: LineKey, said: Funding, lines: Sequence[Near], authority: str
) -> Funding | Message:
    """Return what a new line hangs on; empty parts of `said` are taken from the nearest lines.

    authority: of the unit, where it has no line yet. A message asks for what cannot be known.
    """
    near = _nearest(key, lines)
    found = {}
    for name, usual in zip(Funding._fields, ("RM", "", authority), strict=True):
        values = sorted({getattr(one.funding, name) for one in near}) or [usual]
        value = getattr(said, name)
        if not value and len(values) > 1:
            return ASK[name](str(key), values)
        found[name] = value or values[0]
    return Funding(**found)


def usual_funding(key: LineKey, lines: Sequence[Near], authority: str) -> Funding:
    """Return what most of the nearest lines hang on: for lines that a plan opens by the hundred."""
    near = Counter(one.funding for one in _nearest(key, lines))
    return near.most_common(1)[0][0] if near else Funding(authority=authority)


def _nearest(key: LineKey, lines: Sequence[Near]) -> Sequence[Near]:
    for depth in (4, 3, 2, 1):
        near = [one for one in lines if _above(one.key)[:depth] == _above(key)[:depth]]
        if near:
            return near
    return lines


def _above(key: LineKey) -> tuple[str, ...]:
    return key.activity, key.output, key.suboutput, key.component


def _ask_fund(key: str, values: list[str]) -> Message:
    return Message(
        f"Baris baru {key}: sebutkan sumber dananya, {' atau '.join(values)}. Belum ada yang "
        "disimpan.",
        f"New line {key}: say its fund source, {' or '.join(values)}. Nothing was saved.",
    )


def _ask_programme(key: str, values: list[str]) -> Message:
    named = [value or "–" for value in values]
    return Message(
        f"Baris baru {key}: sebutkan programnya, {' atau '.join(named)}. Belum ada yang disimpan.",
        f"New line {key}: say its programme, {' or '.join(named)}. Nothing was saved.",
    )


def _ask_authority(key: str, values: list[str]) -> Message:
    return Message(
        f"Baris baru {key}: sebutkan kewenangannya, {' atau '.join(values)}. Belum ada yang "
        "disimpan.",
        f"New line {key}: say its authority, {' or '.join(values)}. Nothing was saved.",
    )


ASK = {"fund_source": _ask_fund, "programme": _ask_programme, "authority": _ask_authority}
