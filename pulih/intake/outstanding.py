"""What is still to be paid of contracts: with what was paid, it is what is committed."""

import re

from pulih.common.errors import Message
from pulih.intake import totals
from pulih.intake.headings import normal
from pulih.intake.wording import CORRECTED
from pulih.intake.work import SheetRows

STILL_TO_PAY = re.compile(r"\b(?:outstanding|sisa|belum (?:di)?(?:bayar|cair)\w*|unpaid)\b")


def add_paid(work: SheetRows) -> None:
    """Add what was paid to `Outstanding Kontrak`, and tell it once at its heading.

    Taken for the whole commitment, it would leave money free that contracts have bound.
    """
    values, position = work.values, work.assignment.recognised.get("committed")
    if position is None or not {"committed", "realised"} <= values.keys():
        return
    heading = work.table.headings[position] or ""
    if not STILL_TO_PAY.search(normal(heading, keep_brackets=True)):
        return
    totals.check_as_written(work, "committed")
    left, paid = values["committed"], values["realised"]
    is_known = left.is_not_null() | (paid.is_not_null() & work.raw["committed"].is_null())
    total = left.fill_null(0) + paid.fill_null(0)
    values["committed"] = total.set(~is_known, None).alias("committed")
    message = Message(
        f'"{heading}" menyebut sisa yang belum dibayar; realisasi ditambahkan agar menjadi '
        "komitmen seluruhnya. Ubah judulnya bila kolom itu sudah memuat seluruh kontrak.",
        f'"{heading}" names what is still to be paid; what was realised was added to it, for all '
        "that is committed. Change the heading if the column holds whole contracts already.",
    )
    work.tell_heading("committed", CORRECTED, "outstanding_added", message)
