"""One row of a cost plan (RAB) held against accounts, standard unit costs and price surveys.

What is found is a value; each sentence carries its numbers and says what to do next.
Source: LAW-07, CLASS-12, CLASS-16, UNIT-01.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from pulih.classifications import accounts, units
from pulih.classifications.standards import Nature, UnitCost, suggestions
from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah
from pulih.common.number_words import english

from .factors import Factor, amount, unit_parts
from .findings import Finding, Severity


@dataclass(frozen=True)
class CostRow:
    """A row as the office plans it; money in whole rupiah a unit.

    standard: code of the item that the office confirmed, `none` where it says that no item fits,
    empty while it has not looked. prices: three prices of a survey, or none. has_survey: whether
    its paper is attached.
    """

    position: int
    text: str
    account: str
    factors: tuple[Factor, ...]
    unit_cost: int
    standard: str = ""
    reason: str = ""
    prices: tuple[int, ...] = ()
    has_survey: bool = False


@dataclass(frozen=True)
class Basis:
    """What rows are held against. province: the area's key.

    standards: of the day and province; empty where the year has none, which blocks. known: accounts
    of the day's chart. allowed: accounts of the measure. is_non_physical: the money may buy
    no capital.
    """

    on: date
    province: int
    standards: Sequence[UnitCost]
    known: Container[str]
    allowed: frozenset[str]
    measure: Message
    is_non_physical: bool = True


@dataclass(frozen=True)
class CheckedRow:
    """A row with its amount, its item, and what was found. rupiah: None where it has no product."""

    row: CostRow
    rupiah: int | None
    unit: str
    standard: UnitCost | None
    suggested: tuple[UnitCost, ...]
    findings: tuple[Finding, ...]

    @property
    def over(self) -> int:
        """By how many rupiah the unit cost passes its item."""
        return max(0, self.row.unit_cost - self.standard.amount) if self.standard else 0


NO_ITEM = "none"
PHYSICAL = "physical"


def check_row(row: CostRow, basis: Basis) -> CheckedRow:
    """Hold one row against all that is known of it."""
    found = [*_text(row), *_account(row, basis)]
    total, unit = None, ""
    parts: units.Parts = ()
    try:
        parts = unit_parts(row.factors)
        unit = units.words_of(parts)
        total = amount(row.factors, row.unit_cost)
    except Refusal as refusal:
        found.append(Finding("units", Severity.BLOCKS, row.position, refusal.message))
    if row.unit_cost < 1:
        found.append(_no_cost(row))
    fitting = suggestions(row.account, row.text, basis.province, basis.on, basis.standards, unit)
    suggested = tuple(one for one in fitting if _counts_by(one, parts))
    standard = _confirmed(row, suggested, basis, parts)
    if not basis.standards:
        found.append(_no_standards(row, basis))
    elif unit and row.unit_cost >= 1:
        found += _against_standard(row, standard, basis, unit)
    return CheckedRow(row, total, unit, standard, suggested, tuple(found))


def _confirmed(
    row: CostRow, suggested: Sequence[UnitCost], basis: Basis, parts: units.Parts
) -> UnitCost | None:
    """Return the item that the office chose, else the likeliest; an item of another unit never."""
    if row.standard == NO_ITEM:
        return None
    if row.standard:
        wanted = [
            one
            for one in basis.standards
            if one.code == row.standard and one.province in (None, basis.province)
        ]
        same = [one for one in wanted if _counts_by(one, parts)]
        return max(same, key=lambda one: one.province is not None, default=None)
    return suggested[0] if suggested else None


def _counts_by(item: UnitCost, parts: units.Parts) -> bool:
    """Tell whether an item counts what a row's product does, which need be no unit of the list.

    How many activities or times only multiplies, and so do days of what is paid by the hour.
    """
    known = units.find(item.unit)
    if known is None or not set(known.parts) <= set(parts):
        return False
    more = {"activity", "time", *(["day"] if "hour" in known.parts else [])}
    return set(parts) - set(known.parts) <= more


def _text(row: CostRow) -> Iterator[Finding]:
    if not row.text.strip():
        message = Message(
            f"Baris {row.position}: uraian belum diisi; tulis apa yang dibiayai.",
            f"Row {row.position}: the text is empty; write what is paid for.",
        )
        yield Finding("text", Severity.BLOCKS, row.position, message)


def _account(row: CostRow, basis: Basis) -> Iterator[Finding]:
    code, place = row.account, row.position
    if code not in basis.known:
        message = Message(
            f"Baris {place}: akun “{code}” tidak ada dalam bagan akun {basis.on.year}; "
            "pilih akun 6 angka dari daftar.",
            f"Row {place}: account “{code}” is not in the chart of {basis.on.year}; "
            "choose an account of 6 digits from the list.",
        )
        yield Finding("account", Severity.BLOCKS, place, message)
    elif basis.is_non_physical and accounts.is_physical(code):
        is_argued = bool(row.reason.strip())
        rest = (
            " Bila tetap diajukan, tulis alasannya.",
            " To send it all the same, give a reason.",
        )
        rest = ("", "") if is_argued else rest
        message = Message(
            f"Baris {code} “{row.text}” adalah belanja modal atau barang fisik, sedangkan dana "
            "dekonsentrasi hanya untuk kegiatan nonfisik (PP 7/2008 ps. 20 ayat 3). Hapus baris "
            f"itu atau ajukan melalui dana lain.{rest[0]}",
            f"Row {code} “{row.text}” is capital or physical goods, while deconcentration money is "
            "for non-physical activity only (PP 7/2008 art. 20(3)). Delete the row or propose it "
            f"under other money.{rest[1]}",
        )
        severity = Severity.WARNS if is_argued else Severity.ASKS
        yield Finding(PHYSICAL, severity, place, message)
    elif code not in basis.allowed:
        may = ", ".join(sorted(basis.allowed))
        message = Message(
            f"Baris {place}: akun {code} tidak boleh dipakai langkah “{basis.measure.id}”; "
            f"yang boleh: {may}.",
            f"Row {place}: account {code} may not be used by the measure “{basis.measure.en}”; "
            f"allowed: {may}.",
        )
        yield Finding("not_allowed", Severity.BLOCKS, place, message)


def _no_cost(row: CostRow) -> Finding:
    message = Message(
        f"Baris {row.position}: harga satuan harus di atas nol; isi dalam rupiah penuh.",
        f"Row {row.position}: the unit cost must be above zero; write it in whole rupiah.",
    )
    return Finding("no_cost", Severity.BLOCKS, row.position, message)


def _no_standards(row: CostRow, basis: Basis) -> Finding:
    """Ask for no survey where nobody can say yet that no item fits."""
    year = basis.on.year
    message = Message(
        f"Baris {row.position}: belum ada SBM {year}, sehingga harga satuan tidak dapat diperiksa; "
        "minta perencana mengimpor SBM tahun itu.",
        f"Row {row.position}: there are no standard unit costs of {year}, so the unit cost cannot "
        "be checked; ask a planner to import those of the year.",
    )
    return Finding("no_standards", Severity.BLOCKS, row.position, message)


def _against_standard(
    row: CostRow, standard: UnitCost | None, basis: Basis, unit: str
) -> Iterator[Finding]:
    if standard is None:
        yield from _without_item(row, _of_another_unit(row, basis))
        return
    over = row.unit_cost - standard.amount
    if over > 0:
        yield _over(row, standard, basis, unit)
    elif row.unit_cost * 1_000 in range(standard.amount // 2, standard.amount * 2):
        yield _in_thousands(row, standard)


def _over(row: CostRow, standard: UnitCost, basis: Basis, unit: str) -> Finding:
    over, name = row.unit_cost - standard.amount, standard.name
    is_ceiling = standard.nature == Nature.CEILING
    severity = (
        Severity.WARNS if is_ceiling else Severity.NOTES if row.reason.strip() else Severity.ASKS
    )
    kind = ("batas tertinggi", "the ceiling") if is_ceiling else ("perkiraan", "the estimate")
    rest = ("", "")
    if severity == Severity.ASKS:
        rest = (" Tulis alasannya.", " Give the reason.")
    meant = likeliest_intent(row, standard, basis, unit)
    if meant:
        rest = (f"{rest[0]} {meant.id}", f"{rest[1]} {meant.en}")
    message = Message(
        f"Baris {row.position} “{row.text}”: harga satuan {rupiah(row.unit_cost)} melebihi "
        f"{kind[0]} SBM {rupiah(standard.amount)} per {unit} ({name.id}) sebesar "
        f"{rupiah(over)}.{rest[0]}",
        f"Row {row.position} “{row.text}”: the unit cost {rupiah(row.unit_cost, 'en')} is above "
        f"{kind[1]} of the standard unit costs, {rupiah(standard.amount, 'en')} a {unit} "
        f"({name.en}), by {rupiah(over, 'en')}.{rest[1]}",
    )
    return Finding("over_standard", severity, row.position, message)


def likeliest_intent(row: CostRow, standard: UnitCost, basis: Basis, unit: str) -> Message | None:
    """Guess what a unit cost above its item was meant to be; None where nothing fits exactly."""
    cost, item = row.unit_cost, standard.amount
    other = next(
        (
            one
            for one in basis.standards
            if one.amount == cost and one.code != standard.code and _same_unit(one, unit)
            and one.province in (None, basis.province)
        ),
        None,
    )  # fmt: skip
    if other:
        return Message(
            f"Mungkin maksudnya {other.name.id}, yang besarnya tepat {rupiah(cost)}.",
            f"Perhaps {other.name.en} is meant, which is exactly {rupiah(cost, 'en')}.",
        )
    if cost == item * 10:
        return Message(
            f"Mungkin tertulis satu nol terlalu banyak: {rupiah(item)}.",
            f"Perhaps one zero too many was written: {rupiah(item, 'en')}.",
        )
    times = cost // item
    if cost == item * times:
        return Message(
            f"Angka itu tepat {times} × {rupiah(item)}; tulis {times} sebagai faktor, bukan di "
            "harga satuan.",
            f"That is exactly {times} × {rupiah(item, 'en')}; write {times} as a factor, not in "
            "the unit cost.",
        )
    return None


def _same_unit(item: UnitCost, unit: str) -> bool:
    own, known = units.find(item.unit), units.find(unit)
    return own is not None and known is not None and own.parts == known.parts


def _in_thousands(row: CostRow, standard: UnitCost) -> Finding:
    message = Message(
        f"Baris {row.position}: harga satuan {rupiah(row.unit_cost)} tampaknya ditulis dalam "
        f"ribuan (SBM {rupiah(standard.amount)}); tulis {rupiah(row.unit_cost * 1_000)}.",
        f"Row {row.position}: the unit cost {rupiah(row.unit_cost, 'en')} seems to be written in "
        f"thousands (standard {rupiah(standard.amount, 'en')}); write "
        f"{rupiah(row.unit_cost * 1_000, 'en')}.",
    )
    return Finding("thousands", Severity.BLOCKS, row.position, message)


def _of_another_unit(row: CostRow, basis: Basis) -> UnitCost | None:
    """Return the item whose words fit but whose unit does not; none where the office said so."""
    if row.standard == NO_ITEM:
        return None
    fitting = suggestions(row.account, row.text, basis.province, basis.on, basis.standards)
    return fitting[0] if fitting else None


def _without_item(row: CostRow, other: UnitCost | None) -> Iterator[Finding]:
    place = row.position
    hint = ("", "")
    if other:
        known = units.find(other.unit)
        unit = units.words_of(known.parts) if known else other.unit
        hint = (
            f" SBM “{other.name.id}” dihitung per {unit}; bila itu maksudnya, tulis "
            "perhitungannya dalam satuan itu.",
            f" The standard “{other.name.en}” counts by {unit}; if that is meant, write the "
            "calculation in that unit.",
        )
    if len(row.prices) != 3 or not row.has_survey:
        missing = (
            f"{3 - len(row.prices)} harga lagi" if len(row.prices) < 3 else "berkas surveinya",
            english(3 - len(row.prices), "more price", "more prices")
            if len(row.prices) < 3
            else "the survey's paper",
        )
        message = Message(
            f"Baris {place} “{row.text}”: tidak ada butir SBM yang cocok; lampirkan survei tiga "
            f"harga (kurang {missing[0]}).{hint[0]}",
            f"Row {place} “{row.text}”: no item of the standard unit costs fits; attach a survey "
            f"of three prices ({missing[1]} missing).{hint[1]}",
        )
        yield Finding("survey", Severity.ASKS, place, message)
    elif row.unit_cost > max(row.prices):
        highest = max(row.prices)
        message = Message(
            f"Baris {place}: harga satuan {rupiah(row.unit_cost)} di atas harga survei tertinggi "
            f"{rupiah(highest)} sebesar {rupiah(row.unit_cost - highest)}.",
            f"Row {place}: the unit cost {rupiah(row.unit_cost, 'en')} is above the highest "
            f"surveyed price {rupiah(highest, 'en')} by "
            f"{rupiah(row.unit_cost - highest, 'en')}.",
        )
        yield Finding("over_survey", Severity.WARNS, place, message)
    else:
        middle = int(median(row.prices))
        message = Message(
            f"Baris {place}: survei tiga harga, tengah {rupiah(middle)}.",
            f"Row {place}: survey of three prices, the middle one {rupiah(middle, 'en')}.",
        )
        yield Finding("survey_there", Severity.NOTES, place, message)


def physical(rows: Iterable[CheckedRow]) -> Message | None:
    """Return what stands against the first row of capital or physical goods."""
    return next((f.message for one in rows for f in one.findings if f.key == PHYSICAL), None)
