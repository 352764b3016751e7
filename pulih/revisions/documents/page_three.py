"""Page III of the DIPA on paper (PDF/UA): rupiah planned for each month, by spending type."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from django.utils import timezone

from pulih.budget.cash_plan import EVEN, UnitPlan
from pulih.budget.documents.pok import head_of
from pulih.budget.documents.signing import NOBODY, open_signature, signers_of
from pulih.budget.models import SpendingUnit
from pulih.budget.rules.months import MONTHS
from pulih.common import periods
from pulih.common.money import grouped
from pulih.documents.typesetting import typeset
from pulih.people.models import User
from pulih.web.as_of import AsOf

TEMPLATE = Path(__file__).with_name("page_three.typ")
NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
TYPES = {
    "51": "Belanja Pegawai", "52": "Belanja Barang", "53": "Belanja Modal", "57": "Bantuan Sosial",
}  # fmt: skip
NOBODY_SAID = "Belum ada rencana yang dinyatakan: pagu dibagi rata selama setahun."


@dataclass(frozen=True)
class UnitPage:
    """Page III of one unit: its plan, and its ceilings by spending type in rupiah."""

    unit: SpendingUnit
    plan: UnitPlan
    ceilings: Mapping[str, int]


def page_three(pages: Iterable[UnitPage], year: int, seen: AsOf, by: User) -> bytes:
    """Return page III of all units as one PDF, a page each."""
    kept = list(pages)
    signers = signers_of([one.unit.pk for one in kept], seen.day)
    sheets = [
        page_sheet(one, year, seen, by)
        | {"signature": open_signature(signers.get(one.unit.pk, NOBODY)).values()}
        for one in kept
    ]
    return typeset(TEMPLATE, {"title": f"Halaman III DIPA {year}", "sheets": sheets})


def page_sheet(page: UnitPage, year: int, seen: AsOf, by: User) -> dict[str, Any]:
    """Return the values of one unit's page III, as templates take them."""
    months, types = page.plan.months, sorted(page.plan.months)
    totals = [sum(months[name].values()) for name in types]
    known = f", sebagaimana diketahui per {periods.day(seen.known)}" if seen.known else ""
    return {
        "title": f"HALAMAN III DIPA: RENCANA PENARIKAN DANA TAHUN ANGGARAN {year}",
        "head": [list(pair) for pair in head_of(page.unit, year, seen)],
        "about": [
            f"Data per {periods.day(seen.day)}{known}. Nilai dalam rupiah penuh.",
            *([NOBODY_SAID] if page.plan.source == EVEN else []),
            f"Diunduh {periods.moment(timezone.now())} oleh {by}.",
        ],
        "types": [f"{name} {TYPES.get(name, 'Belanja lainnya')} (Rp)" for name in types],
        "rows": _rows(page),
        "totals": [grouped(total) for total in totals],
        "total": grouped(sum(totals)),
        "ceilings": [grouped(page.ceilings.get(name, 0)) for name in types],
        "ceiling": grouped(sum(page.ceilings.get(name, 0) for name in types)),
    }


def _rows(page: UnitPage) -> list[dict[str, Any]]:
    months = page.plan.months
    total = page.plan.total()
    running = accumulate(total[month] for month in MONTHS)
    return [
        {
            "month": NAMES[month - 1],
            "amounts": [grouped(months[name].get(month, 0)) for name in sorted(months)],
            "total": grouped(total[month]),
            "running": grouped(so_far),
        }
        for month, so_far in zip(MONTHS, running, strict=True)
    ]
