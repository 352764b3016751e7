"""What a phone sends about attendance, and what it is answered: one verdict for each press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from pulih.web.bounds import NO_NUL

from .models.handovers import LONGEST_DRAWING
from .rules.goods import LARGEST_QUANTITY

LARGEST = 2**31 - 1
LARGEST_PHOTO = 1_400_000  # Letters in base 64, some 1 MB; a phone makes it smaller first.
SAID = r"^[^\x00]*[^\x00\s][^\x00]*$"  # More than blanks.
DRAWN = r"^(?:[ML][0-9]{1,3} [0-9]{1,3})+$"
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
    corrects_device: str = Field("", max_length=40, pattern=r"^[A-Za-z0-9:-]*$")
    corrects_number: int | None = Field(None, ge=1, le=LARGEST)
    why: str = Field("", max_length=200, pattern=NO_NUL)


class PhotoIn(Schema):
    """A photo of a session. photo: a JPEG in base 64. shows: what it shows, in words."""

    number: int = Field(ge=1, le=LARGEST)
    session: int = Field(ge=1, le=2**63 - 1)
    photo: str = Field(min_length=1, max_length=LARGEST_PHOTO, pattern=r"^[A-Za-z0-9+/]*={0,2}$")
    shows: str = Field("", max_length=120, pattern=NO_NUL)
    pressed_at: Clock


class GiverIn(Schema):
    """Who gave, signing on the page on which the receiver signs; text and drawing as theirs."""

    name: str = Field(max_length=120, pattern=SAID)
    post: str = Field(max_length=120, pattern=SAID)
    text: str = Field(max_length=1_000, pattern=NO_NUL)
    drawing: str = Field(max_length=LONGEST_DRAWING, pattern=DRAWN)


class CountIn(Schema):
    """What a receiver counted and signed. text: the sentence that was signed, as it was shown.

    drawing: the signature as an SVG path of absolute moves and lines. photo: a JPEG in base 64.
    giver: on the office's phone, where both sides sign at the same place.
    """

    number: int = Field(ge=1, le=LARGEST)
    received: int = Field(ge=0, le=LARGEST_QUANTITY)
    came_back: int = Field(0, ge=0, le=LARGEST_QUANTITY)
    reason: str = Field("", max_length=200, pattern=NO_NUL)
    received_on: date
    name: str = Field(max_length=120, pattern=SAID)
    post: str = Field(max_length=120, pattern=SAID)
    where: str = Field(max_length=120, pattern=SAID)
    text: str = Field(max_length=1_000, pattern=NO_NUL)
    drawing: str = Field(max_length=LONGEST_DRAWING, pattern=DRAWN)
    photo: str = Field("", max_length=LARGEST_PHOTO, pattern=r"^[A-Za-z0-9+/]*={0,2}$")
    giver: GiverIn | None = None
    pressed_at: Clock


class GiveIn(Schema):
    """What the giver of goods signed; text and drawing as a receiver's."""

    number: int = Field(ge=1, le=LARGEST)
    name: str = Field(max_length=120, pattern=SAID)
    post: str = Field(max_length=120, pattern=SAID)
    where: str = Field(max_length=120, pattern=SAID)
    text: str = Field(max_length=1_000, pattern=NO_NUL)
    drawing: str = Field(max_length=LONGEST_DRAWING, pattern=DRAWN)
    pressed_at: Clock


class SentIn(Schema):
    """What a phone sends. sent_at: its own clock as it sends."""

    device: str = Device
    sent_at: Clock


class ActsIn(SentIn):
    """All presses that a phone still holds."""

    acts: list[ActIn] = Field(max_length=MOST_ACTS)


class PhotosIn(SentIn):
    """One photo that a phone still holds: each is a sending of its own."""

    acts: list[PhotoIn] = Field(max_length=1)


class CountsIn(SentIn):
    """The counts that a phone still holds: one, and those that were refused before are not sent."""

    acts: list[CountIn] = Field(max_length=1)


class GivesIn(SentIn):
    """The signature of a giver that the phone still holds."""

    acts: list[GiveIn] = Field(max_length=1)


@dataclass(frozen=True)
class Verdict:
    """number: the press. result: taken (also when it was there before) or refused, and why."""

    number: int
    result: Literal["taken", "refused"]
    sentence: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"number": self.number, "result": self.result, "sentence": self.sentence}
