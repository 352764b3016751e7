"""What a visitor's phone sends: visits that waited for a network."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Schema
from pydantic import Field

from pulih.delivery.acts import LARGEST, SAID, Clock, SentIn
from pulih.web.bounds import NO_NUL

from .forms import LARGEST_COUNT

MOST_VISITS = 500


class VisitIn(Schema):
    """One visit. why: what was wrong with the one before, which it corrects."""

    number: int = Field(ge=1, le=LARGEST)
    unit: int = Field(ge=1, le=2**63 - 1)
    outcome: Literal["received", "different", "not_received", "not_found"]
    counted: int | None = Field(None, ge=0, le=LARGEST_COUNT)
    note: str = Field("", max_length=500, pattern=NO_NUL)
    visited_on: date
    visitor: str = Field(max_length=120, pattern=SAID)
    why: str = Field("", max_length=200, pattern=NO_NUL)
    pressed_at: Clock


class VisitsIn(SentIn):
    """All visits that a phone still holds."""

    acts: list[VisitIn] = Field(max_length=MOST_VISITS)
