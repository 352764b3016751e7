"""Which account of the pandemic takes the place of an ordinary one, from which day, for what.

521131 is for what the office itself needs, 521241 for activities: where both could follow, the
officer is asked. Source: CLASS-17.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from pulih.classifications.entries import rows
from pulih.common.errors import Message

OWN, ACTIVITY, ANY = "own", "activity", "any"
QUESTION = Message(
    "Untuk siapa belanja ini: keperluan kantor sendiri, atau kegiatan bagi IKM dan masyarakat?",
    "Whom is this spending for: the office's own needs, or activities for firms and the public?",
)
REASONS = {
    OWN: Message(
        "521131: keperluan kantor sendiri, misalnya masker dan penyanitasi tangan pegawai.",
        "521131: the office's own needs, such as masks and sanitiser for its staff.",
    ),
    ACTIVITY: Message(
        "521241: bahan dan keperluan kegiatan, misalnya bahan bimtek masker bagi IKM. "
        "Pertanyaan yang lazim dari pemeriksa.",
        "521241: materials of activities, such as those of mask training for firms. "
        "Auditors usually ask.",
    ),
}


@dataclass(frozen=True)
class Remapping:
    """From one account to another. purpose: `own`, `activity`, or `any` where no one is asked."""

    from_account: str
    to_account: str
    purpose: str
    valid_from: date
    valid_to: date | None
    source: str
    verified: bool

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def remappings(account: str, on: date) -> list[Remapping]:
    """Return what an account may become on a day: none, one, or two that the officer chooses of."""
    return [one for one in every() if one.from_account == account and one.holds(on)]


@cache
def every() -> tuple[Remapping, ...]:
    """Return every known remapping."""
    return tuple(
        Remapping(
            row["from_account"],
            row["to_account"],
            row["purpose"],
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            row["source"],
            row["verified"] == "yes",
        )
        for row in rows("account_remapping")
    )
