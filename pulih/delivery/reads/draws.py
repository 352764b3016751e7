"""What anybody reads of a draw, asked as somebody who has not signed in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import connection

from pulih.people.scope import asking_as_public

from ..rules import criteria as rules
from ..rules.criteria import Criteria

LIST = """
SELECT id, activity, title, place, version, published_at, frozen_at, drawn_at
FROM delivery_public_draws(%s, %s)
"""
ONE = """
SELECT id, activity, title, place, year, version, criteria::text, published_at, digest, frozen_at,
       seed, witnesses, drawn_at, applications, places
FROM delivery_public_draw(%s)
"""
CRITERIA = 6  # Which column holds them, as text.
PAGE = 50  # As the function in sql/draws.sql limits.


class Listed(NamedTuple):
    """One version of an activity's criteria, and how far its draw has come."""

    pk: int
    activity: int
    title: str
    place: str
    version: int
    published_at: datetime
    frozen_at: datetime | None
    drawn_at: datetime | None


@dataclass(frozen=True)
class PublicDraw:
    """One draw. applications: None where too few applied to be told; places: of the frozen list."""

    pk: int
    activity: int
    title: str
    place: str
    year: int
    version: int
    criteria: Mapping[str, Any]
    published_at: datetime
    digest: str
    frozen_at: datetime | None
    seed: str
    witnesses: Sequence[str]
    drawn_at: datetime | None
    applications: int | None
    places: int | None

    def draw_of(self, application: str) -> str:
        """Return the draw of one application, as `pulih select` works it out. Needs the seed."""
        return sha256(f"{self.seed}\n{application}".encode()).hexdigest()

    def case_toml(self) -> str:
        """Return `case.toml` as the choice was made with it; whoever applied stands in no file."""
        settings = rules.settings(self.title, self.year, self.seed, Criteria(**self.criteria))
        return "".join(
            f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in settings.items()
        )


def draws(activity: int | None = None, before: int | None = None) -> list[Listed]:
    """Return published draws, the newest first, at most a page. before: the last one of a page."""
    with asking_as_public(), connection.cursor() as cursor:
        cursor.execute(LIST, [activity, before])
        return [Listed(*row) for row in cursor.fetchall()]


def draw(pk: int) -> PublicDraw | None:
    with asking_as_public(), connection.cursor() as cursor:
        cursor.execute(ONE, [pk])
        row = cursor.fetchone()
    if row is None:
        return None
    told = [json.loads(one) if at == CRITERIA else one for at, one in enumerate(row)]
    return PublicDraw(*told)
