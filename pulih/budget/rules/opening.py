"""Reading a POK sheet into lines with amounts, or into one sentence that says why it cannot be.

A POK repeats a line's account for each detail (volume × unit cost); they are one line here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah

from .amounts import Amounts, Sheet, stated, total, unlawful
from .bounds import odd_total
from .guards import AccountRule, warnings
from .keys import PARTS, LineKey, line_key_of_parts, mended
from .months import MONTHS
from .pok_tree import UNSAID
from .years import expired_or_early

AUTHORITIES = {"1": "KP", "2": "KD", "3": "DK", "4": "TP", "5": "UB"}
Row = Mapping[str, Any]
SAID = ("blocked", "committed", "realised")


@dataclass(frozen=True, order=True)
class Place:
    """What makes a line one line of the state's budget, besides its key."""

    unit_code: str
    fiscal_year: int
    authority: str
    fund_source: str
    programme: str
    key: LineKey


@dataclass
class OpeningLine:
    """One line as a sheet states it: details joined, amounts added. said: all but the ceiling."""

    place: Place
    amounts: Amounts
    details: list[str] = field(default_factory=list)
    measure: str = ""
    sheet: str = ""
    row: int = 0
    said: set[str] = field(default_factory=set)
    items: list[dict[str, Any]] = field(default_factory=list)
    months: Counter[int] = field(default_factory=Counter)

    @property
    def stated_items(self) -> list[dict[str, Any]]:
        """Return the rows below the line, where the sheet says what they cost; else nothing."""
        is_said = any(item["unit_cost"] or item["volume"] for item in self.items)
        return [item for item in self.items if item["text"] != UNSAID] if is_said else []

    @property
    def detail(self) -> str:
        return "; ".join(dict.fromkeys(one for one in self.details if one not in ("", UNSAID)))


@dataclass(frozen=True)
class OpeningUnit:
    """A spending unit as a sheet names it."""

    code: str
    name: str
    province_id: int
    authority: str


@dataclass(frozen=True)
class Warned:
    """A sentence about a row, or about the whole file (row None), that stops nothing."""

    rule: str
    message: Message
    sheet: str = ""
    row: int | None = None
    value: str = ""
    column: str = ""


@dataclass
class Opening:
    """All that a POK file states."""

    lines: list[OpeningLine]
    units: list[OpeningUnit]
    warned: list[Warned]


def opening(
    rows: Iterable[Row], *, fiscal_year: int | None, as_of: date, province_id: int
) -> Opening:
    """Read the rows of a POK file.

    fiscal_year, province_id: of the delivery, for sheets that do not say.

    Raises Refusal: a broken key, a row whose amounts break the law, a year that is not open, a
    unit without code or in two provinces, a total that can only be a mistaken unit.
    """
    lines: dict[Place, OpeningLine] = {}
    units: dict[str, OpeningUnit] = {}
    repeated: list[Warned] = []
    for row in rows:
        placed = {**row, "province_id": row.get("province_id") or province_id}
        repeated += _add(placed, lines, units, fiscal_year, as_of)
    for line in lines.values():
        # Judged when its details are added up: a contract may stand at one of them alone.
        if not line.amounts.is_lawful:
            raise _refusal(unlawful(line.amounts), {"row": line.row, "sheet": line.sheet})
    if not lines:
        raise Refusal(Message("Tidak ada baris POK di berkas.", "The file holds no POK lines."))
    read = list(lines.values())
    warned = [*_size_warnings(read, units), *_guards(read, as_of), *repeated]
    return Opening(read, list(units.values()), warned)


def _add(
    row: Row,
    lines: dict[Place, OpeningLine],
    units: dict[str, OpeningUnit],
    fiscal_year: int | None,
    as_of: date,
) -> list[Warned]:
    year = row.get("fiscal_year") or fiscal_year
    _refuse(expired_or_early(year, as_of), row)
    assert year is not None
    unit = _unit(row, units)
    place = Place(
        unit.code,
        year,
        unit.authority if not row.get("authority") else _authority(row),
        mended(row.get("fund_source") or "RM"),
        mended(row.get("programme") or ""),
        _key(row, year),
    )
    amounts = stated(Sheet(*(row.get(name) for name in Sheet._fields)))
    if isinstance(amounts, Message):
        raise _refusal(amounts, row)
    line = lines.setdefault(place, OpeningLine(place, Amounts()))
    line.amounts = total([line.amounts, amounts])
    line.said.update(name for name in SAID if row.get(name) is not None)
    line.details.append((row.get("detail") or "").strip())
    item = {
        "text": (row.get("detail") or "").strip(),
        "volume": row.get("volume"),
        "unit": row.get("unit") or "",
        "unit_cost": row.get("unit_cost"),
        "rupiah": amounts.ceiling,
    }
    repeated = [_repeated(row, line, item)] if item in line.items else []
    line.items.append(item)
    line.months.update({month: row.get(f"month_{month}") or 0 for month in MONTHS})
    line.measure = line.measure or (row.get("measure") or "").strip()
    line.sheet, line.row = line.sheet or row.get("sheet") or "", line.row or row["row"]
    return repeated


def _repeated(row: Row, line: OpeningLine, item: Mapping[str, Any]) -> Warned:
    """Point at a row that stands twice: it counts twice, as two like rows of a POK may."""
    by = item["rupiah"]
    return Warned(
        "repeated_row",
        Message(
            f"Baris ini sama dengan baris {line.row} atau rinciannya, dan dijumlahkan: "
            f"{rupiah(by)} dua kali. Hapus bila terketik ulang, lalu kirim lagi.",
            f"This row is the same as row {line.row} or a detail of it, and is added up: "
            f"{rupiah(by, 'en')} twice. Delete it if it was typed twice, and send it again.",
        ),
        row.get("sheet") or "",
        row["row"],
        str(by),
        "ceiling",
    )


def _unit(row: Row, units: dict[str, OpeningUnit]) -> OpeningUnit:
    code = mended(row.get("unit_code") or "")
    if not code:
        raise _refusal(Message("Kode satker kosong.", "The unit code is blank."), row)
    name = " ".join((row.get("unit_name") or code).split())
    unit = OpeningUnit(code, name, row["province_id"], _authority(row))
    known = units.setdefault(code, unit)
    if known.province_id != unit.province_id:
        raise _refusal(
            Message(
                f"Satker {code} berada di dua provinsi.", f"Unit {code} stands in two provinces."
            ),
            row,
        )
    return known


def _authority(row: Row) -> str:
    """Return the authority; without one, deconcentration, whose rules are the strictest."""
    text = mended(str(row.get("authority") or ""))
    code = AUTHORITIES.get(text, text)
    if not code:
        return "DK"
    if code not in AUTHORITIES.values():
        raise _refusal(
            Message(
                f"Kewenangan “{text}” tidak dikenal. Pakai KP, KD, DK, TP, atau UB.",
                f"The authority “{text}” is not known. Use KP, KD, DK, TP or UB.",
            ),
            row,
        )
    return code


def _key(row: Row, year: int) -> LineKey:
    key = line_key_of_parts({name: row.get(name) for name in PARTS}, year)
    if isinstance(key, Message):
        raise _refusal(key, row)
    return key


def _size_warnings(lines: list[OpeningLine], units: dict[str, OpeningUnit]) -> list[Warned]:
    found = []
    for code, year, authority in sorted(
        {(one.place.unit_code, one.place.fiscal_year, one.place.authority) for one in lines}
    ):
        ceiling = sum(
            one.amounts.ceiling
            for one in lines
            if (one.place.unit_code, one.place.fiscal_year, one.place.authority)
            == (code, year, authority)
        )
        if odd := odd_total(units[code].name, authority, ceiling):
            if odd.is_refused:
                raise Refusal(odd.message)
            found.append(Warned("unit_total", odd.message, value=str(ceiling)))
    return found


def _guards(lines: list[OpeningLine], as_of: date) -> list[Warned]:
    return [
        _guarded(line, rule)
        for line in lines
        for rule in warnings(line.place.key.account, line.place.authority, as_of)
    ]


def _guarded(line: OpeningLine, rule: AccountRule) -> Warned:
    return Warned("non_physical", rule.message, line.sheet, line.row, line.place.key.account)


def left_standing(lines: int, rejected: int) -> Warned:
    """Say that lines the file does not name were left, because some of its rows were not read."""
    return Warned(
        "left_standing",
        Message(
            f"{lines} baris dari berkas sebelumnya tidak disebut lagi, tetapi {rejected} baris "
            "berkas ini ditolak; pagu baris itu dibiarkan. Perbaiki baris yang ditolak, lalu kirim "
            "lagi.",
            f"Lines of the file before that this one does not name: {lines}. As {rejected} of its "
            "rows could not be read, they keep their ceilings. Mend the rows and send it again.",
        ),
        value=str(lines),
    )


def _refuse(message: Message | None, row: Row) -> None:
    if message:
        raise _refusal(message, row)


def _refusal(message: Message, row: Row) -> Refusal:
    """Say where in the file, what, and that nothing was kept."""
    sheet = row.get("sheet")
    where_id = f"Baris {row['row']}" + (f" lembar {sheet}" if sheet else "")
    where_en = f"Row {row['row']}" + (f" of sheet {sheet}" if sheet else "")
    return Refusal(
        Message(
            f"{where_id}: {message.id} Belum ada yang disimpan.",
            f"{where_en}: {message.en} Nothing was saved.",
        )
    )
