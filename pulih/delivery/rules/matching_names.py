"""Which participant a name of a video meeting is: sure, perhaps, or nobody. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from .namesakes import plain_name

LIKE_ENOUGH = 75  # Of 100; below that a guess only misleads.


@dataclass(frozen=True)
class Guess:
    """key: of the participant, None for nobody alike. is_sure: nobody need look at it."""

    key: int | None
    is_sure: bool = False


def guess(name: str, people: Mapping[int, str]) -> Guess:
    """Return whom of a class a name may be. people: names by key.

    Sure is only the same name that one person of the class alone has. Zoom writes the former name
    of somebody in brackets: either may be it.
    """
    shown = {plain_name(part) for part in (name, *re.split(r"[()]", name))} - {""}
    same = [key for key, full in people.items() if plain_name(full) in shown]
    if len(same) == 1:
        return Guess(same[0], is_sure=True)
    likes = {
        key: max((fuzz.token_set_ratio(one, plain_name(full)) for one in shown), default=0.0)
        for key, full in people.items()
    }
    best = max(likes, key=lambda key: likes[key], default=None)
    return Guess(best if best is not None and likes[best] >= LIKE_ENOUGH else None)
