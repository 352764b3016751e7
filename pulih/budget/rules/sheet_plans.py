"""Page III as a POK sheet states it: months beside the lines, added up by spending type."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pulih.common.errors import Message
from pulih.common.money import rupiah

from .months import MONTHS
from .opening import OpeningLine, Warned


@dataclass
class SheetPlan:
    """The months of one unit and year, by spending type, beside the ceilings of its lines."""

    months: dict[str, Counter[int]] = field(default_factory=dict)
    ceilings: Counter[str] = field(default_factory=Counter)

    @property
    def is_stated(self) -> bool:
        return any(any(months.values()) for months in self.months.values())

    @property
    def is_whole(self) -> bool:
        """Tell whether every type's months add up to its ceiling."""
        return all(
            sum(self.months.get(name, Counter()).values()) == ceiling
            for name, ceiling in self.ceilings.items()
        )

    def changed(self, stated: Mapping[str, Mapping[int, int]]) -> int:
        """Return in how many months this plan says otherwise than a stated one; 0 without one."""
        if not stated:
            return 0
        return sum(
            1
            for name in {*stated, *self.months}
            for month in MONTHS
            if stated.get(name, {}).get(month, 0) != self.months.get(name, Counter())[month]
        )

    def replaced(self, unit: str, months: int) -> Warned:
        """Say that a plan stated before was replaced; the history keeps it."""
        return Warned(
            "cash_plan_replaced",
            Message(
                f"Halaman III {unit} mengikuti berkas ini: berbeda pada {months} bulan dari "
                "rencana sebelumnya, yang tetap tersimpan dalam riwayat. Periksa halaman III-nya.",
                f"Page III of {unit} follows this file: it differs in {months} months from the "
                "plan before, which the history keeps. Look at its page III.",
            ),
            value=str(months),
        )

    def warned(self, unit: str) -> Warned:
        """Say that the months do not add up, and by how much, so that they were left."""
        planned = sum(sum(one.values()) for one in self.months.values())
        ceiling = sum(self.ceilings.values())
        return Warned(
            "cash_plan",
            Message(
                f"Rencana bulanan {unit} berjumlah {rupiah(planned)}, sedangkan pagunya "
                f"{rupiah(ceiling)}; halaman III tidak diambil dari berkas ini.",
                f"The months of {unit} add up to {rupiah(planned, 'en')}, while its ceiling is "
                f"{rupiah(ceiling, 'en')}; page III was not taken from this file.",
            ),
            value=str(planned),
        )


def plans(lines: Iterable[OpeningLine]) -> dict[tuple[str, int], SheetPlan]:
    """Return the plan of each unit and year that a sheet states months for."""
    found: dict[tuple[str, int], SheetPlan] = {}
    for line in lines:
        place = line.place
        plan = found.setdefault((place.unit_code, place.fiscal_year), SheetPlan())
        name = place.key.account[:2]
        plan.ceilings[name] += line.amounts.ceiling
        plan.months.setdefault(name, Counter()).update(line.months)
    return {key: plan for key, plan in found.items() if plan.is_stated}
