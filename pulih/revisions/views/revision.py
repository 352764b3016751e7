"""One revision: its matrix, its authority, what it touches, and its documents."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pulih.budget.reads import AccountNames, words_of
from pulih.budget.reads.promises import Broken, broken_by
from pulih.budget.rules.offices import Office
from pulih.documents.lookups import in_force
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds, may
from pulih.web.as_of import as_of
from pulih.web.page import render_page
from pulih.web.words import language, say

from ..assessing import Assessed, assess, day_of
from ..documents.revised import book_of_revision
from ..forms import ApproveForm, ForceForm, ProposeForm, ReasonForm
from ..lists import waits_for
from ..models import Revision, RevisionMovement, RevisionState
from ..papers import MATRIX
from ..rules.authority import Judged, Verdict
from ..rules.untouchable import Touched
from ..states import REVISION
from .matrix_files import FORMATS, sent_matrix

PLAN_SOURCE = "scenario:"


@dataclass(frozen=True)
class MovementRow:
    """One movement on the page: what the line is, who approves, what stands in the way."""

    movement: RevisionMovement
    words: str
    verdict: Verdict
    touched: list[Touched]

    @property
    def office(self) -> str:
        return say(self.verdict.name)

    @property
    def why(self) -> str:
        return say(self.verdict.message)


@dataclass(frozen=True)
class Chip:
    """An office and how many movements need it; the highest is marked."""

    name: str
    count: int
    is_highest: bool


def revision_or_404(request: PersonRequest, pk: int) -> Revision:
    """Return a revision that this person may see."""
    revisions = Revision.objects.visible_to(request.user)
    related = revisions.select_related("unit__province", "province", "made_by", "proposed_by")
    revision: Revision = get_object_or_404(related, pk=pk)
    return revision


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_revision(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one revision, or send its matrix: `?format=xlsx|pdf|csv`."""
    revision = revision_or_404(request, pk)
    if request.GET.get("format") in FORMATS:
        return _sent(request, revision)
    return revision_page(request, revision)


def revision_page(request: PersonRequest, revision: Revision, **forms: Any) -> HttpResponseBase:
    """Answer with the page of a revision; `forms` that were sent come back with their errors."""
    assessed = assess(revision)
    day = as_of(request).day
    still = revision.unit.lines.filter(fiscal_year=revision.fiscal_year).exclude(
        pk__in=[one.line_id for one in assessed.movements if one.line_id]
    )
    unchanged = still.totals()["ceiling"]
    before = unchanged + sum(one.ceiling_before for one in assessed.movements)
    change = sum(one.rupiah for one in assessed.movements)
    context = {
        "revision": revision,
        "rows": rows_of(assessed),
        "assessed": assessed,
        "chips": chips_of(assessed.judged),
        "whole": say(assessed.judged.whole.name),
        "why": say(assessed.judged.whole.message),
        "regime": assessed.judged.regime and say(assessed.judged.regime.name),
        "rules_on": day_of(revision),
        "said": [(one, say(one.message)) for one in assessed.touched],
        "over": [(one, say(one.message)) for one in assessed.over],
        "broken": _broken(revision, assessed),
        "score": score_of(assessed),
        "unchanged_count": still.count(),
        "unchanged": unchanged,
        "before": before,
        "after": before + change,
        "change": change,
        "agrees": change == revision.declared_total,
        "steps": revision.steps.select_related("by").order_by("id"),
        "waits_for": waits_for(revision),
        "plan": _plan_of(request, revision),
        "paper_code": in_force(MATRIX, revision.pk),
        "day": day,
        **_choices(request, revision, assessed, forms),
    }
    context["refused"] = _refused(context, forms)
    context["returned_because"] = _returned_because(revision)
    return render_page(request, "revisions/revision.html", "revisions/_revision.html", context)


def _broken(revision: Revision, assessed: Assessed) -> list[Broken]:
    moved = {one.line_id: one.ceiling_after for one in assessed.movements if one.line_id}
    return broken_by(moved) if revision.is_open else []


def rows_of(assessed: Assessed) -> list[MovementRow]:
    """Return the movements as the page shows them."""
    touched: dict[str, list[Touched]] = {}
    for one in assessed.touched:
        touched.setdefault(one.line_key, []).append(one)
    names = AccountNames(assessed.judged.on)
    return [
        MovementRow(
            one,
            words_of(names(one.account), one.detail or (one.line.detail if one.line else "")),
            verdict,
            touched.get(one.line_key, []),
        )
        for one, verdict in zip(assessed.movements, assessed.judged.moves, strict=True)
    ]


def chips_of(judged: Judged) -> list[Chip]:
    """Return the offices that must approve, lowest first, the highest marked."""
    found: dict[tuple[int, str], int] = {}
    for one in judged.moves:
        key = (one.office, say(one.name))
        found[key] = found.get(key, 0) + 1
    whole = judged.whole
    highest = (whole.office, say(whole.name))
    found.setdefault(highest, 0)
    return [Chip(name, n, (rank, name) == highest) for (rank, name), n in sorted(found.items())]


def score_of(assessed: Assessed) -> dict[str, Any]:
    """Return the effect on the score as the page writes it: points before, after and between."""
    effect = assessed.effect
    pairs = [
        (_("DIPA revisions"), _("revisions this quarter"), "revisions"),
        (_("Page III deviation"), _("percent off the plan"), "page_three"),
        (_("Absorption"), _("percent of the target"), "absorption"),
    ]
    terms = []
    for label, how, name in pairs:
        was, becomes = getattr(effect.before, name), getattr(effect.after, name)
        terms.append(
            {
                "label": label,
                "how": how,
                "was": float(was.value),
                "becomes": float(becomes.value),
                "points": float(becomes.points),
                "change": float(becomes.points - was.points),
            }
        )
    return {
        "terms": terms,
        "change": float(effect.change),
        "is_estimate": effect.is_estimate,
        "own": say(effect.own.name),
        "used": say(effect.used.name),
    }


def _plan_of(request: PersonRequest, revision: Revision) -> int | None:
    """Return the scenario that asked for a revision, for those who may look at it."""
    is_theirs = holds(request.user, Permission.SEE_SCENARIOS)
    source = revision.source
    if not (is_theirs and source.startswith(PLAN_SOURCE)):
        return None
    number = source.removeprefix(PLAN_SOURCE)
    return int(number) if number.isdecimal() else None


def _refused(context: dict[str, Any], forms: dict[str, Any]) -> str:
    """Return why a step was refused whose form the page no longer shows."""
    shown = {name: context["may_change" if name == "propose" else f"may_{name}"] for name in forms}
    errors = [forms[name].non_field_errors() for name in forms if not shown[name]]
    return next((str(error[0]) for error in errors if error), "")


def _returned_because(revision: Revision) -> str:
    if revision.state != RevisionState.RETURNED:
        return ""
    return str(revision.steps.filter(state=RevisionState.RETURNED).latest("id").note)


def _first_day(request: PersonRequest, revision: Revision) -> date:
    """Return the day on which it may be in force: the one shown, but not before its letter."""
    shown = as_of(request).day
    signed = revision.steps.filter(state=RevisionState.APPROVED, letter_date__isnull=False)
    letters: list[date] = list(signed.order_by("-id").values_list("letter_date", flat=True)[:1])
    return max([shown, *letters])


def _choices(
    request: PersonRequest, revision: Revision, assessed: Assessed, forms: dict[str, Any]
) -> dict[str, Any]:
    """Return what this person may do with the revision now, with its forms."""
    province = revision.unit.province
    revises = may(request.user, Permission.REVISE_BUDGET, province)
    decides = may(request.user, Permission.APPROVE_REVISIONS, province)
    moves = {move.key for move in REVISION.allowed(revision.state)}
    is_own = revision.proposed_by_id == request.user.pk
    required = Office[revision.authority] if revision.authority else assessed.judged.whole.office
    return {
        "may_change": revises and "change" in moves,
        "may_withdraw": revises and "withdraw" in moves,
        "may_approve": decides and "approve" in moves and not is_own,
        "is_own_proposal": decides and "approve" in moves and is_own,
        "may_return": decides and "return" in moves,
        "may_force": decides and "enact" in moves,
        "propose_form": forms.get("propose") or ProposeForm(),
        "withdraw_form": forms.get("withdraw") or ReasonForm(auto_id="withdraw_%s"),
        "return_form": forms.get("return") or ReasonForm(auto_id="return_%s"),
        "approve_form": forms.get("approve") or ApproveForm(required, language()),
        "force_form": forms.get("force")
        or ForceForm(initial={"effective_on": _first_day(request, revision)}),
    }


def _sent(request: PersonRequest, revision: Revision) -> HttpResponseBase:
    book = book_of_revision(revision, assess(revision), request.user)
    name = f"matriks-{revision.unit.code}-{revision.pk}"
    return sent_matrix(request, book, "revisions", name, revision, " · ".join(book.about))
