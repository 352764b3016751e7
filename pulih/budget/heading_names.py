"""What programmes, activities and outputs are called on a unit's papers.

They are a ministry's own, so that no list has them all: the reference list of codes has some, and
rooms above know what officers typed for a unit and year. A room registers how it finds them.
"""

from collections.abc import Callable, Collection, Mapping

from pulih.references.models import OutputCode

from .models import SpendingUnit

Names = Mapping[str, str]  # By the code as papers print it: `019.08.07`, `3038`, `3038.001`.
LEVELS = ("programme", "activity", "output_class", "output")
_finders: list[Callable[[Collection[int], int], Mapping[int, Names]]] = []


def register(finder: Callable[[Collection[int], int], Mapping[int, Names]]) -> None:
    """Let a room name the headings of units in a year; what it says goes before the list."""
    if finder not in _finders:
        _finders.append(finder)


def fund_names() -> dict[str, str]:
    """Return what fund sources are called, in Indonesian."""
    listed = OutputCode.objects.filter(level="fund_source").order_by("valid_from")
    return dict(listed.values_list("code", "name_indonesian"))


def names_of(unit: SpendingUnit, fiscal_year: int) -> dict[str, str]:
    """Return the names of a unit's programmes, activities and outputs, in Indonesian."""
    return names_by_unit([unit.pk], fiscal_year)[unit.pk]


def names_by_unit(units: Collection[int], fiscal_year: int) -> dict[int, dict[str, str]]:
    """Return the same of several units, asked at once."""
    codes = OutputCode.objects.filter(level__in=LEVELS, valid_from__year__lte=fiscal_year)
    listed = dict(codes.order_by("valid_from").values_list("code", "name_indonesian"))
    found = {unit: dict(listed) for unit in units}
    for finder in _finders:
        for unit, names in finder(units, fiscal_year).items():
            found[unit] |= {code: name for code, name in names.items() if name}
    return found
