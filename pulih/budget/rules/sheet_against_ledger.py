"""What a POK sheet may say of money that documents have blocked, committed or paid: nothing.

A sheet states amounts where no document has yet. Where one has, the ledger stands and what the
sheet says otherwise is listed. A column that the sheet does not have says nothing at all.
"""

from collections.abc import Set
from typing import NamedTuple

from pulih.common.errors import Message
from pulih.common.money import rupiah

from .amounts import Amounts

NAMES = {"block": "blocked", "commitment": "committed", "realisation": "realised"}
WORDS = {
    "blocked": Message("Blokir", "The block"),
    "committed": Message("Komitmen", "The commitment"),
    "realised": Message("Realisasi", "The realisation"),
}


class LedgerConflict(NamedTuple):
    """An amount that stands as its documents have it, and what the sheet says instead."""

    name: str
    theirs: int
    ours: int

    @property
    def message(self) -> Message:
        words = WORDS[self.name]
        return Message(
            f"{words.id} menurut berkas {rupiah(self.theirs)}, menurut dokumen di buku besar "
            f"{rupiah(self.ours)}. Buku besar tidak ditimpa: kirim daftar perbendaharaannya.",
            f"{words.en} is {rupiah(self.theirs, 'en')} in the file and {rupiah(self.ours, 'en')} "
            "by the documents of the ledger. The ledger is not overwritten: send the treasury's "
            "list.",
        )


def to_post(
    stated: Amounts, said: Set[str], ours: Amounts, documented: Set[str]
) -> tuple[Amounts, list[LedgerConflict]]:
    """Return what a line becomes by a sheet, and where the ledger stands against it.

    said: the amounts, of NAMES, that the sheet has a figure for; documented: those of the line that
    some document moved. What is paid is committed at least, whether the sheet says so or not.
    """
    become, against = {}, []
    for name in NAMES.values():
        theirs, own = getattr(stated, name), getattr(ours, name)
        become[name] = theirs if name in said and name not in documented else own
        if name in said and name in documented and theirs != own:
            against.append(LedgerConflict(name, theirs, own))
    if "committed" not in documented and ("committed" not in said or "realised" in documented):
        become["committed"] = max(become["committed"], become["realised"])
    elif become["realised"] > become["committed"]:
        # A payment that no document commits waits for its own; the commitment stands.
        against.append(LedgerConflict("realised", stated.realised, ours.realised))
        become["realised"] = ours.realised
    return Amounts(stated.ceiling, **become, reserved=ours.reserved), against
