"""Money of several years in one list: the list's own year counts, another year's is told."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pulih.common.errors import Message
from pulih.intake.wording import WARNING

if TYPE_CHECKING:
    from pulih.intake.headings import Dictionary
    from pulih.intake.work import SheetRows

YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
OF_THE_YEAR = r"(?:(?:t a|ta|tahun anggaran|tahun|fy|fiscal year)\b ?)"
NAMES_YEAR = re.compile(
    rf" ?\b{OF_THE_YEAR}?20[12]\d\b|(?<=\w) tahun (?:anggaran )?(?:ini|berjalan)\b"
)
BEFORE = re.compile(
    r"(?i)\b(?:tahun|th|thn)\b\.? (?:anggaran )?(?:yang )?(?:lalu|sebelumnya|kemarin)\b"
)
SPEAKS_OF_PAID = re.compile(
    r"(?i)^(?!.*(?:%|persen|fisik|sisa|target|rencana)).*\breali[sz]a(?:si|tion)\b"
)


def without_year(text: str) -> str:
    """Return a heading in full words without the year it names: `pagu ta 2020` is `pagu`."""
    return NAMES_YEAR.sub("", text).strip()


def find(
    headings: Sequence[str | None], dictionary: "Dictionary", told: int | None
) -> dict[int, str]:
    """Find the columns of money that name another year than the list's: a name by position.

    told: the year that the titles tell; without it, the newest that a column of money names counts.
    """
    if not {"line_code", "ceiling"} <= dictionary.names:
        return {}
    years: dict[int, tuple[str, int]] = {}
    for position, heading in enumerate(headings):
        named = YEAR.findall(heading or "")
        is_before = heading is not None and BEFORE.search(heading) is not None
        if heading is None or not (named or is_before):
            continue
        match = dictionary.match(BEFORE.sub("", heading), fuzzy=False)
        if match and match.name in dictionary.of_money:
            years[position] = match.name, 0 if is_before else max(map(int, named))
    own = told or max((year for _, year in years.values()), default=0) or -1
    return {position: name for position, (name, year) in years.items() if year != own}


def tell(work: "SheetRows") -> None:
    """Tell each column of another year's money: it was kept under its own heading alone."""
    for position, name in work.assignment.other_years.items():
        heading = work.table.headings[position]
        if not work.extra[work.assignment.unknown[position]].count():
            continue
        title = work.kind.column(name).title
        message = Message(
            f'judul "{heading}" menyebut tahun lain daripada tahun daftar ini; kolom ini tidak '
            f"diambil sebagai {title.id}. Ubah judulnya bila kolom ini yang dimaksud.",
            f'the heading "{heading}" names another year than that of this list; the column was '
            f"not taken for the {title.en}. Change its heading if this one is meant.",
        )
        work.tell(work.table.last + 1, position, name, heading, WARNING, "other_year", message)


def tell_unread_payments(work: "SheetRows") -> None:
    """Tell what speaks of payments where none was taken for what was realised: money looks free."""
    if work.kind.name != "budget" or "realised" in work.raw:
        return
    for position, name in work.assignment.unknown.items():
        heading = work.table.headings[position] or ""
        if position in work.assignment.other_years or not SPEAKS_OF_PAID.search(heading):
            continue
        if not work.extra[name].count():
            continue
        message = Message(
            f'judul "{heading}" menyebut realisasi, tetapi tidak diambil: pagu dianggap belum '
            'terpakai. Beri judul "Realisasi s.d. Bulan Ini" pada realisasi seluruhnya.',
            f'the heading "{heading}" speaks of payments but was not taken: the ceiling counts as '
            'unspent. Head the column of all that was paid "Realisasi s.d. Bulan Ini".',
        )
        work.tell(
            work.table.last + 1, position, "realised", heading, WARNING, "payments_unread", message
        )
        return
