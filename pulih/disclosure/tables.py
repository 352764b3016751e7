"""The tables of the contract: the cells given, and the protected cells of an earlier release."""

from pulih.casefiles.cells import BLANK, code, maybe_text
from pulih.casefiles.tables import Record, RowFaults, Table
from pulih.common.errors import Message
from pulih.disclosure.case import WHOLE

HIDDEN = "[c]"  # The marker of a cell that is not shown.
KEY = ("measure", "period", "area", "dimension", "category")

NOT_THE_WHOLE = Message(
    "Keseluruhan (all) tidak berkategori; kosongkan sel ini.",
    "The whole (all) has no category; leave this cell blank.",
)
OWN_PARENT = Message(
    "Wilayah ini menjadi induknya sendiri.", "This area is named as its own parent."
)


def _wrongs(record: Record) -> RowFaults:
    dimension, category = record.get("dimension"), record.get("category")
    found: RowFaults = []
    if dimension == WHOLE and category:
        found.append(("category", NOT_THE_WHOLE))
    if dimension not in (None, WHOLE) and category == "":
        found.append(("category", BLANK))
    if record.get("area") and record.get("area") == record.get("parent"):
        found.append(("parent", OWN_PARENT))
    return found


_NAMED = {
    "measure": code,
    "period": code,
    "area": code,
    "parent": maybe_text,
    "dimension": code,
    "category": maybe_text,
}

CELLS = Table(
    "cells",
    dict,
    _NAMED | {"value": code} | dict.fromkeys(("contributors", "largest", "second"), maybe_text),
    KEY,
    wrongs=_wrongs,
    optional=frozenset(("contributors", "largest", "second")),
)
PROTECTED = Table(
    "protected", dict, _NAMED | {"value": maybe_text, "marker": maybe_text}, KEY, wrongs=_wrongs
)
