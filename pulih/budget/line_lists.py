"""Budget lines as a declared list: their five amounts on a day, and what may still be moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import PAGE_ONLY, Column, Kind, Place, Text
from pulih.lists.figures import Stated
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, number, words
from pulih.measures.models import Measure
from pulih.people.permissions import Permission

from .figures import FREE, MOVABLE, of_lines, stated_amounts
from .lists import FILE_AND_API, LINES, lines_asked
from .models import BudgetLine
from .models.lines import BudgetLineQuerySet
from .reads.lines import LineRow, rows_of
from .rules.keys import mended

NO_MEASURE = "none"  # In the address: money without a measure.
ONLY = [
    ("untagged", _("Without a measure")),
    ("movable", _("That a plan may move")),
    ("blocked", _("Blocked")),
    ("protected", _("Protected")),
    ("physical", _("Physical, warned of")),
]
FILE, API = frozenset({Place.FILE}), frozenset({Place.API})


@dataclass(frozen=True)
class ShownLine:
    """A line with its amounts, each as a link to what documents moved."""

    row: LineRow
    stated: Mapping[str, Stated]

    @property
    def line(self) -> BudgetLine:
        return self.row.line


def shown_lines(asked: Asked, lines: Sequence[BudgetLine]) -> list[ShownLine]:
    person, seen = asked.person, asked.seen
    return [
        ShownLine(row, stated_amounts(row.amounts, person, seen, question))
        for row in rows_of(lines, seen.day, seen.known)
        for question in [{"line": row.line.pk, "year": row.line.fiscal_year}]
    ]


def _lines(asked: Asked) -> BudgetLineQuerySet:
    """Lines that were open on the days asked for, money without a measure first."""
    lines, seen = lines_asked(asked), asked.seen
    if seen.is_other:
        lines = lines.there_on(seen.day, seen.known)
    return lines.untagged_first().select_related("unit__province", "province", "measure")


def _added_up(asked: Asked, lines: BudgetLineQuerySet) -> dict[str, int]:
    whole = of_lines(lines, asked)
    names = ("ceiling", "blocked", "committed", "realised", "reserved", "free")
    amounts = {name: getattr(whole, name) for name in names}
    return {**amounts, "movable": of_lines(lines.movable(), asked).unbound}


def _only(lines: BudgetLineQuerySet, which: str) -> BudgetLineQuerySet:
    found: BudgetLineQuerySet = getattr(lines, which)()
    return found


def _of_measure(lines: BudgetLineQuerySet, code: str) -> BudgetLineQuerySet:
    return lines.untagged() if code == NO_MEASURE else lines.filter(measure__code=code)


def _with_words(lines: BudgetLineQuerySet, text: str) -> BudgetLineQuerySet:
    key = mended(text)
    return lines.filter(Q(line_key__startswith=key) | Q(account=key) | Q(detail__icontains=text))


def _measures(_asked: Asked) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in Measure.objects.filter(is_active=True).order_by("code")]


def _measure_name(code: str) -> str:
    if code == NO_MEASURE:
        return _now("none")
    return str(Measure.objects.filter(code=code).first() or code)


def _amount(name: str, label: Text, template: str = "") -> Column:
    return Column(
        name,
        label,
        lambda shown: getattr(shown.row.amounts, name),
        Kind.RUPIAH,
        sums=True,
        template=template,
    )


STATED = "lists/_stated.html"
POK_LINES = Listing(
    room="budget",
    key="lines",
    title=_("POK lines"),
    file_name="baris-pok",
    permission=Permission.SEE_BUDGET,
    source=_lines,
    dress=shown_lines,
    add_up=_added_up,
    order=("place", "-ceiling", "id"),
    filters=(
        *LINES,
        words(label=_("Key, account or words"), narrow=_with_words),
        choices("only", _("Which lines"), ONLY, _only),
        Filter("measure", _("Measure"), forms.CharField, _of_measure, _measure_name,
               options=_measures),
        Filter("account", _("Account"), number(1, 999_999),
               lambda lines, digits: lines.filter(account__startswith=str(digits))),
    ),
    columns=(
        Column("id", _("Line id"), lambda s: s.line.pk, Kind.WHOLE, API),
        Column("line", _("Line"), lambda s: s.line.line_key, Kind.CODE, PAGE_ONLY,
               template="budget/_line_key.html"),
        Column("province", _("Province"), lambda s: s.line.province_id, Kind.WHOLE, API),
        Column("province_name", _("Province"), lambda s: s.line.province.name, on=FILE),
        Column("unit", _("Unit code"), lambda s: s.line.unit.code, Kind.CODE, FILE_AND_API),
        Column("unit_name", _("Spending unit"), lambda s: s.line.unit.name, on=FILE),
        Column("unit_short", _("Spending unit"), lambda s: s.line.unit.short_name, on=PAGE_ONLY,
               template="budget/_line_unit.html"),
        Column("fiscal_year", _("Year"), lambda s: s.line.fiscal_year, Kind.WHOLE, FILE_AND_API),
        Column("authority", _("Authority"), lambda s: s.line.authority, Kind.CODE, FILE),
        Column("fund_source", _("Fund source"), lambda s: s.line.fund_source, Kind.CODE, FILE),
        Column("programme", _("Programme"), lambda s: s.line.programme, Kind.CODE, FILE),
        Column("line_key", _("Line key"), lambda s: s.line.line_key, Kind.CODE, FILE_AND_API),
        Column("account", _("Account"), lambda s: s.line.account, Kind.CODE, FILE_AND_API),
        Column("account_name", _("Name of the account"), lambda s: s.row.account_name, on=FILE),
        Column("detail", _("Description"), lambda s: s.line.detail, on=FILE),
        Column("measure", _("Measure"), lambda s: s.line.measure and s.line.measure.code,
               Kind.CODE, API),
        Column("measure_name", _("Measure"), lambda s: s.line.measure and s.line.measure.name,
               on=frozenset({Place.PAGE, Place.FILE}), template="budget/_line_measure.html"),
        Column("is_protected", _("Protected"), lambda s: s.line.is_protected, Kind.YES_NO,
               FILE_AND_API),
        _amount("ceiling", _("Ceiling"), STATED),
        _amount("blocked", _("Blocked"), STATED),
        _amount("committed", _("Committed"), STATED),
        replace(_amount("realised", _("Realised")), on=FILE_AND_API),
        replace(_amount("reserved", _("Reserved")), on=FILE_AND_API),
        replace(_amount("free", FREE.words, STATED), look="b"),
        Column("movable", MOVABLE.words, lambda s: s.row.movable, Kind.RUPIAH, FILE_AND_API,
               sums=True),
    ),
    when_empty=_("No line fits these filters."),
    icon="filter",
)  # fmt: skip
