"""The deadline board: every duty of a quarter, the most pressing first; exported as it stands."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pulih.budget.exporting import export
from pulih.common import periods
from pulih.lists.files import wants_file
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.addresses import url_with
from pulih.web.as_of import as_of
from pulih.web.figures import Chip
from pulih.web.page import render_page
from pulih.web.words import say

from ..board import Duty, board
from ..clock import shown_moment
from ..forms import BoardFilter
from ..rules import deadlines, quarters
from ..rules.reports import NAMES

EXPORT_HEADINGS = (
    *("Provinsi", "Kode satker", "Satker", "Laporan", "Tahun", "Triwulan", "Tenggat", "Zona"),
    *("Keadaan", "Hari kerja", "Dilaporkan", "Versi", "Penanggung jawab", "Risiko"),
    "Hari libur tahun tenggat lengkap",
)
STATES_INDONESIAN = {
    "overdue": "terlambat, belum dilaporkan",
    "today": "tenggat hari ini",
    "open": "belum dilaporkan",
    "late": "dilaporkan terlambat",
    "on_time": "dilaporkan tepat waktu",
    "not_open": "triwulan belum berakhir",
}
MOST_ROWS = 400
LONGEST_RUN = 6  # More duties alike that ask for nothing yet are shown as one row.
QUIET = ("not_open", "open", "on_time")
CHOSEN: dict[str, Callable[[Duty], bool]] = {
    "late": lambda duty: duty.is_late,
    "waiting": lambda duty: duty.filed is None,
    "filed": lambda duty: duty.filed is not None,
}


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_board(request: PersonRequest) -> HttpResponseBase:
    """Show who owes which report by when, and who is late."""
    form = BoardFilter(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    year, quarter = asked_quarter(asked, as_of(request).day)
    every = board(request.user, year, quarter, shown_moment(request))
    duties = [duty for duty in every if _is_asked(duty, asked)]
    chains = deadlines.chains(quarters.last_day(year, quarter))
    if wants_file(request):
        title = f"Papan tenggat laporan, {quarters.name(year, quarter)}"
        rows = [_exported(duty) for duty in duties]
        return export(
            request, "monitoring", f"tenggat-{year}-{quarter}", title, EXPORT_HEADINGS, rows
        )
    shown, runs = (duties, []) if asked.get("chain") else _without_runs(duties)
    context = {
        "duties": shown[:MOST_ROWS],
        "runs": runs,
        "rest": max(0, len(shown) - MOST_ROWS),
        "year": year,
        "quarter": quarter,
        "roman": quarters.ROMAN[quarter],
        "quarters": _quarters(year),
        "late": sum(1 for duty in every if duty.status.state == "overdue"),
        "filed": sum(1 for duty in every if duty.filed),
        "total": len(every),
        "next": _next(every),
        "form": form,
        "asked": asked,
        "chains": _chains(every, chains),
        "chips": _chips(request, asked, chains),
        "unsure": sorted({duty.due.year for duty in every if not duty.is_sure}),
        "risks": sorted({say(duty.risk.message) for duty in every if duty.risk}),
    }
    return render_page(request, "monitoring/board.html", "monitoring/_board.html", context)


def asked_quarter(asked: dict[str, Any], day: date) -> tuple[int, int]:
    """Return the asked year and quarter, else the last quarter that ended before `day`."""
    year, quarter = quarters.last_ended(day)
    if asked.get("year") and asked.get("quarter"):
        return asked["year"], asked["quarter"]
    return year, quarter


def _is_asked(duty: Duty, asked: dict[str, Any]) -> bool:
    if asked.get("chain") and duty.chain.code != asked["chain"]:
        return False
    chosen = CHOSEN.get(asked.get("only") or "")
    return chosen is None or chosen(duty)


def _without_runs(duties: list[Duty]) -> tuple[list[Duty], list[tuple[Duty, int, str]]]:
    """Take out long runs of duties alike that are quiet, or others' than our units.

    Each run is told by one of its duties and their number.
    """
    groups: dict[tuple[str, date, str], list[Duty]] = {}
    for duty in duties:
        groups.setdefault((duty.chain.code, duty.due, duty.status.state), []).append(duty)
    long = {
        key: same for key, same in groups.items() if key[2] in QUIET and len(same) > LONGEST_RUN
    }
    kept = [duty for duty in duties if (duty.chain.code, duty.due, duty.status.state) not in long]
    return kept, [(same[0], len(same), code) for (code, _due, _state), same in long.items()]


def _next(every: Iterable[Duty]) -> Duty | None:
    waiting = [duty for duty in every if duty.status.state in ("open", "today", "not_open")]
    return min(waiting, key=lambda duty: duty.due, default=None)


def _quarters(year: int) -> list[tuple[int, int, str]]:
    """Return the quarters of the year and the last one of the year before."""
    found = [(year - 1, 4), *((year, one) for one in (1, 2, 3, 4))]
    return [(y, q, quarters.ROMAN[q]) for y, q in found]


def _chains(every: Iterable[Duty], chains: Iterable[deadlines.Chain]) -> list[tuple[str, str]]:
    codes = {duty.chain.code: chain_name(duty.chain) for duty in every}
    return [(one.code, codes[one.code]) for one in chains if one.code in codes]


def chain_name(chain: deadlines.Chain) -> str:
    """Return what a duty is called: the form, and with whose money."""
    return f"{say(NAMES[chain.form])} ({'/'.join(chain.authorities)})"


def _chips(
    request: PersonRequest, asked: dict[str, Any], chains: Iterable[deadlines.Chain]
) -> list[Chip]:
    named = {one.code: chain_name(one) for one in chains}
    only = dict(BoardFilter.base_fields["only"].choices)  # type: ignore[attr-defined]
    chips = [
        (_("Report"), named.get(asked.get("chain") or ""), "chain"),
        (_("Which"), only.get(asked.get("only")) if asked.get("only") else None, "only"),
    ]
    return [
        Chip(label, str(value), clear_url=url_with(request, **{name: None}))
        for label, value, name in chips
        if value
    ]


def _exported(duty: Duty) -> tuple[Any, ...]:
    return (
        duty.province.name,
        duty.unit.code if duty.unit else "",
        duty.owner,
        NAMES[duty.chain.form].id,
        str(duty.fiscal_year),  # A year is a name: a figure would be grouped as 2.020.
        duty.quarter,
        duty.due,
        duty.zone,
        STATES_INDONESIAN[duty.status.state],
        duty.status.days,
        periods.moment(duty.filed, duty.clock) if duty.filed else "",
        duty.filing.version if duty.filing else "",
        duty.who or duty.chain.who.id,
        duty.risk.message.id if duty.risk and duty.is_late else "",
        duty.is_sure,
    )
