"""The budget of the provincial units: ceiling, block, commitment, payment; by unit, line, month."""

from collections.abc import Iterator

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from pulih.budget.models import BudgetLine, Entry
from pulih.budget.rules.amounts import Amounts
from pulih.common.errors import Message

from .base import ALL, Dataset, Measure, Moment, Raw, not_recorded, provisional, summed

RUPIAH = Message("rupiah", "rupiah")
MEASURES = {
    "ceiling": Measure(
        "budget_ceiling",
        Message("Pagu", "Ceiling"),
        Message(
            "Yang boleh dibelanjakan menurut DIPA dan POK yang berlaku pada tanggal data.",
            "What may be spent by the documents in force on the day.",
        ),
        RUPIAH,
        "money",
    ),
    "blocked": Measure(
        "budget_blocked",
        Message("Blokir", "Blocked"),
        Message(
            "Bagian pagu yang belum boleh dipakai.", "Part of the ceiling not to be used for now."
        ),
        RUPIAH,
        "money",
    ),
    "committed": Measure(
        "budget_committed",
        Message("Komitmen", "Committed"),
        Message(
            "Nilai kontrak dan keputusan yang mengikat pada tanggal data, termasuk yang sudah "
            "dibayar.",
            "Contracts and decisions that bind on the day, those already paid included.",
        ),
        RUPIAH,
        "money",
    ),
    "realised": Measure(
        "budget_realised",
        Message("Realisasi", "Paid"),
        Message(
            "Yang sudah dibayar kas negara (SP2D) sampai tanggal data.",
            "What the treasury has paid (SP2D) up to the day.",
        ),
        RUPIAH,
        "money",
        differs=Message(
            "Dibayar bukan berarti barang sudah diterima.",
            "Paid does not mean that goods have arrived.",
        ),
    ),
}
BY_MONTH = {"committed": "commitment", "realised": "realisation"}


def collect(moment: Moment) -> Iterator[Raw]:
    lines = BudgetLine.objects.of_year(moment.as_of.year).there_on(moment.as_of, moment.known)
    lines = lines.filter(province_id__in=moment.areas.code_of).select_related("unit", "measure")
    known = list(lines)
    if not known:
        codes = [place.code for place in moment.areas.places.values() if place.level != "regency"]
        yield from not_recorded(MEASURES.values(), codes)
        return
    amounts = lines.amounts_by("pk", moment.as_of, moment.known)
    months = _by_month(moment)
    every = {moment.areas.code_of[line.province_id] for line in known}
    for field, measure in MEASURES.items():
        values = _values(moment, known, amounts, field)
        if field in BY_MONTH:
            # Where only the other has something, this has 0: no record is another thing.
            for province, month in set().union(*months.values()):
                key = (moment.areas.code_of[province], "month", month)
                values[key] = months[field].get((province, month), 0)
        yield from provisional(moment, summed(measure.key, moment.areas, values, every))
        missing = (one.code for one in moment.areas.of_level("province") if one.code not in every)
        yield from not_recorded([measure], missing)


def _values(
    moment: Moment, lines: list[BudgetLine], amounts: dict[int, Amounts], field: str
) -> dict[tuple[str, str, str], int]:
    found: dict[tuple[str, str, str], int] = {}
    for line in lines:
        area, value = (
            moment.areas.code_of[line.province_id],
            getattr(amounts.get(line.pk, Amounts()), field),
        )
        for dimension, category in (
            (ALL, ""),
            ("unit", line.unit.code),
            ("line", line_name(line)),
            ("programme", line.measure.code if line.measure else "none"),
        ):
            key = (area, dimension, category)
            found[key] = found.get(key, 0) + value
    return found


def line_name(line: BudgetLine) -> str:
    """A line's name over all units of a year."""
    return "/".join((line.unit.code, line.authority, line.fund_source, line.line_key))


def _by_month(moment: Moment) -> dict[str, dict[tuple[int, str], int]]:
    found: dict[str, dict[tuple[int, str], int]] = {}
    for field, kind in BY_MONTH.items():
        entries = (
            Entry.objects.known_by(moment.known)
            .filter(
                effective_on__lte=moment.as_of,
                effective_on__year=moment.as_of.year,
                line__fiscal_year=moment.as_of.year,
                amount_kind=kind,
                province_id__in=moment.areas.code_of,
            )
            .order_by()
            .values_list("province_id", TruncMonth("effective_on"))
        )
        found[field] = {
            (province, f"{month:%Y-%m}"): int(total)
            for province, month, total in entries.annotate(total=Sum("rupiah"))
        }
    return found


DATASET = Dataset(
    "budget",
    Message("Anggaran satker", "Budget of the units"),
    Message("Buku besar dokumen anggaran", "Ledger of budget documents"),
    Message("satker yang menyerahkan POK", "units that delivered their guide (POK)"),
    tuple(MEASURES.values()),
    collect,
)
