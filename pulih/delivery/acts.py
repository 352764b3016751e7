"""What a phone sends about attendance, and what it is answered: one verdict for each press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

LARGEST = 2**31 - 1
MOST_ACTS = 500  # One sending; a phone sends the next ones after the answer.
# A phone whose battery was empty may believe that it is 1970.
Clock = Annotated[
    AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC), le=datetime(2200, 1, 1, tzinfo=UTC))
]
Device = Field(min_length=8, max_length=40, pattern=r"^[A-Za-z0-9-]+$")


class ActIn(Schema):
    """One press. corrects: device and number of the mark that it takes back."""

    number: int = Field(ge=1, le=LARGEST)
    session: int = Field(ge=1, le=2**63 - 1)
    participant: int = Field(ge=1, le=2**63 - 1)
    presence: Literal["present", "absent"]
    reason: Literal["", "ill", "excused", "unknown"] = ""
    pressed_at: Clock
    corrects_device: str = Field("", max_length=40, pattern=r"^[A-Za-z0-9-]*$")
    corrects_number: int | None = Field(None, ge=1, le=LARGEST)
    why: str = Field("", max_length=200)


class ActsIn(Schema):
    """All that a phone still holds. sent_at: its own clock as it sends."""

    device: str = Device
    sent_at: Clock
    acts: list[ActIn] = Field(max_length=MOST_ACTS)


@dataclass(frozen=True)
class Verdict:
    """number: the press. result: taken (also when it was there before) or refused, and why."""

    number: int
    result: Literal["taken", "refused"]
    sentence: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"number": self.number, "result": self.result, "sentence": self.sentence}
