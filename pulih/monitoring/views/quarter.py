"""One unit and quarter: what is typed, what is missing, and the reports made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pulih.budget.models import SpendingUnit
from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.page import go_to, render_page
from pulih.web.words import say
from pulih.workflow.calendars import zone_of

from .. import actions
from ..board import board
from ..clock import has_ended, shown_moment
from ..forms import NoteForm, ProgressForm
from ..models import Filing
from ..progress import around, typed_mark
from ..reads import facts_of
from ..rules import quarters
from ..rules.deadlines import chain_of
from ..rules.facts import Output, Part, QuarterFacts
from ..rules.managerial import summary
from ..rules.missing import missing, sentence
from ..rules.reports import MAKERS, NAMES, WHAT
from ..rules.tree import Node, tree_of
from ..suggestions import Suggestion, suggestions
from .lookups import facts_now, unit_or_404


@dataclass(frozen=True)
class OutputRow:
    """One output on the page: its money, what was told, and the form to tell it.

    suggestion: what delivery has recorded, where nobody has told the volume yet.
    """

    node: Node
    told: Output
    form: ProgressForm
    suggestion: Suggestion | None


@dataclass(frozen=True)
class ReportRow:
    """One report on the page: what is missing of it, and its newest filing."""

    form: str
    name: str
    what: str
    missing: str
    filing: Filing | None
    is_owed: bool


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_quarter(request: PersonRequest, pk: int, year: int, quarter: int) -> HttpResponseBase:
    """Show a unit's quarter."""
    return _page(request, unit_or_404(request, pk, year), year, quarter)


@require_POST
@permission_required(Permission.SEE_BUDGET, Permission.FILE_REPORTS)
def save_quarter(request: PersonRequest, pk: int, year: int, quarter: int) -> HttpResponseBase:
    """Keep what was typed of the quarter; nothing is kept while one figure cannot be."""
    unit = unit_or_404(request, pk, year)
    facts = facts_of(unit, year, quarter)
    progress, notes = _forms(unit, facts, request.POST)
    # All are asked, so that every wrong figure is marked at once.
    wrong = [form for form in (*progress.values(), *notes.values()) if not form.is_valid()]
    if wrong:
        messages.error(request, _("Nothing was saved: see the marked figures."))
        return _page(request, unit, year, quarter, progress, notes)
    known = {row.part for row in facts.outputs if row.volume is not None}
    try:
        number = actions.save_progress(
            unit,
            year,
            quarter,
            progress=[
                form.given()
                for form in progress.values()
                if form.part in known or not form.is_blank
            ],
            notes=[form.given() for form in notes.values()],
            by=request.user,
            seen=request.POST.get("seen", ""),
        )
    except Refusal as refusal:
        messages.error(request, say(refusal.message))
        return _page(request, unit, year, quarter, progress, notes)
    messages.success(request, _("Saved: %(n)s outputs.") % {"n": number})
    return go_to(request, reverse("monitoring:quarter", args=[pk, year, quarter]))


def _page(
    request: PersonRequest,
    unit: SpendingUnit,
    year: int,
    quarter: int,
    progress: dict[Part, ProgressForm] | None = None,
    notes: dict[Part, NoteForm] | None = None,
) -> HttpResponseBase:
    facts = facts_now(request, unit, year, quarter)
    tree = tree_of(facts)
    found = suggestions(unit, year, quarter)
    if progress is None or notes is None:
        progress, notes = _forms(unit, facts, None, found)
    activities = [activity for programme in tree.children for activity in programme.children]
    told = sentence(missing(facts, "C"))
    moment = shown_moment(request)
    reports = _reports(unit, facts, request)
    duties = [d for d in board(request.user, year, quarter, moment) if d.unit == unit]
    context = {
        "unit": unit,
        "year": year,
        "quarter": quarter,
        "roman": quarters.ROMAN[quarter],
        "others": [(q, quarters.ROMAN[q]) for q in (1, 2, 3, 4)],
        "end": quarters.last_day(year, quarter),
        "has_ended": has_ended(request, unit.province, year, quarter),
        "facts": facts,
        "tree": tree,
        "summary": summary(tree) if facts.lines else "",
        "missing": say(told) if told else "",
        "groups": [
            (
                activity,
                facts.heading(activity.part.programme, activity.part.activity).name,
                [_row(facts, leaf, progress, found) for leaf in activity.children],
                notes[activity.part],
            )
            for activity in activities
        ],
        "reports": reports,
        "filed": next((row.filing for row in reports if row.form == "C"), None),
        "duties": duties,
        "mark": typed_mark(unit, year, quarter),
        "zone": zone_of(unit.province_id),
        "may_file": may(request.user, Permission.FILE_REPORTS, unit.province),
        "is_province": unit.province.level == "province",
    }
    return render_page(request, "monitoring/quarter.html", "monitoring/_quarter.html", context)


def _row(
    facts: QuarterFacts,
    leaf: Node,
    progress: dict[Part, ProgressForm],
    found: Mapping[Part, Suggestion],
) -> OutputRow:
    told = facts.output(leaf.part)
    suggestion = found.get(leaf.part) if told.volume_done is None else None
    return OutputRow(leaf, told, progress[leaf.part], suggestion)


def _forms(
    unit: SpendingUnit,
    facts: QuarterFacts,
    typed: QueryDict | None,
    found: Mapping[Part, Suggestion] = MappingProxyType({}),
) -> tuple[dict[Part, ProgressForm], dict[Part, NoteForm]]:
    """Return a form for each output and each activity, filled with what was typed or is kept."""
    tree = tree_of(facts)
    activities = [activity for programme in tree.children for activity in programme.children]
    leaves = [leaf for activity in activities for leaf in activity.children]
    others = around(unit, facts.fiscal_year, facts.quarter)
    progress = {}
    for number, leaf in enumerate(leaves):
        told = facts.output(leaf.part)
        progress[leaf.part] = ProgressForm(
            typed,
            prefix=f"o{number}",
            target=told.volume,
            around=others.get(leaf.part),
            initial={
                **leaf.part._asdict(),
                "volume": _volume(told, found.get(leaf.part)),
                "physical": told.physical,
                "remark": told.remark,
            },
        )
    notes = {}
    for number, activity in enumerate(activities):
        notes[activity.part] = NoteForm(
            typed, prefix=f"n{number}", initial=_note(facts, activity.part)
        )
    return progress, notes


def _volume(told: Output, suggestion: Suggestion | None) -> Any:
    """What was told; where nobody has, what delivery suggests, until somebody saves it."""
    if told.volume_done is not None or suggestion is None:
        return told.volume_done
    return suggestion.volume


def _note(facts: QuarterFacts, part: Part) -> dict[str, Any]:
    values: dict[str, Any] = {"programme": part.programme, "activity": part.activity}
    for note in facts.notes:
        if (note.programme, note.activity) == part[:2]:
            values |= {
                "obstacle": note.obstacle,
                "follow_up": note.follow_up,
                "helper": note.helper,
            }
    return values


def _reports(unit: SpendingUnit, facts: QuarterFacts, request: PersonRequest) -> list[ReportRow]:
    filings = Filing.objects.visible_to(request.user).of_quarter(facts.fiscal_year, facts.quarter)
    newest: dict[str, Filing] = {}
    for filing in filings.filter(unit=unit).defer("facts").order_by("version"):
        newest[filing.form] = filing
    rows, end = [], quarters.last_day(facts.fiscal_year, facts.quarter)
    for form in MAKERS:
        told = sentence(missing(facts, form))
        rows.append(
            ReportRow(
                form,
                say(NAMES[form]),
                say(WHAT[form]),
                say(told) if told else "",
                newest.get(form),
                chain_of(form, unit.authority, end) is not None,
            )
        )
    return rows
