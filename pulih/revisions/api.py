"""Revisions for programs: the same reads, rules and actions as the pages."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.errors import HttpError
from ninja.responses import Status
from pydantic import Field

from pulih.budget.models import Authority, SpendingUnit
from pulih.budget.rules.keys import Funding
from pulih.budget.rules.offices import Office
from pulih.lists.programs import serve_bare
from pulih.people.access import asked_by
from pulih.people.permissions import Permission
from pulih.web.bounds import NO_NUL, Code, Letter, Name, Words, Year

from . import actions
from .actions import DraftLine
from .assessing import Assessed, assess
from .lists import REVISIONS
from .models import OutputVolume, Revision

router = Router(tags=["revisions"])
serve_bare(router, "", REVISIONS)


class MovementOut(Schema):
    """One movement, in whole rupiah, and who must approve it by which text."""

    line: int | None
    line_key: str
    fund_source: str
    programme: str
    authority: str
    before: int
    after: int
    office: str
    why: str
    source: str
    verified: bool


class TouchedOut(Schema):
    """What a movement touches and should not."""

    line_key: str
    kind: str
    rupiah: int
    forbids: bool
    message: str


class RevisionOut(Schema):
    """A revision; `office` is the highest that must approve."""

    id: int
    unit: str
    fiscal_year: int
    kind: str
    title: str
    state: str
    declared_total: int
    number: int | None
    effective_on: date | None


class JudgedOut(RevisionOut):
    """A revision with its movements, its authority, what it touches and the effect on IKPA."""

    office: str
    why: str
    regulation: str | None
    is_known: bool
    movements: list[MovementOut]
    touched: list[TouchedOut]
    ikpa_points: float
    ikpa_is_estimate: bool


class AskedIn(Schema):
    """What a line is to become: an existing line by id, or one to be opened by its key."""

    after: int
    line: int | None = None
    key: Code = ""
    detail: Name = ""
    fund_source: Annotated[str, Field(max_length=8, pattern=NO_NUL)] = ""
    programme: Annotated[str, Field(max_length=20, pattern=NO_NUL)] = ""
    authority: Authority | Literal[""] = ""

    def asked(self) -> DraftLine:
        """Return it as the action takes it; what is empty the lines nearest to it say."""
        said = Funding(self.fund_source, self.programme, self.authority)
        return DraftLine(self.after, self.line, self.key, self.detail, said)


class DraftIn(Schema):
    """A draft by hand. token: of the asker; the same token twice is one draft."""

    unit: Code
    fiscal_year: Year
    title: Name
    declared_total: int
    judged_on: date
    token: Code
    lines: list[AskedIn]
    reason: Words = ""
    volume: OutputVolume = OutputVolume.UNKNOWN


class LetterIn(Schema):
    """A letter by which a revision is proposed."""

    letter_number: Letter = ""
    letter_date: date | None = None
    note: Words = ""


class ApproveIn(Schema):
    """The decision of an office, by its letter."""

    office: str
    letter_number: Letter
    letter_date: date


class ReasonIn(Schema):
    """Why a revision is returned or withdrawn."""

    reason: Words


class ForceIn(Schema):
    """The day on which a revision takes effect."""

    effective_on: date


@router.get("/{pk}", response=JudgedOut)
def show_revision(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Show one revision with its authority and what it touches."""
    return _judged(_revision(request, pk))


@router.post("", response={201: JudgedOut})
def draft_revision(request: HttpRequest, body: DraftIn) -> Status[dict[str, Any]]:
    """Draft a revision of one unit; the same token twice is one draft."""
    person = asked_by(request, Permission.REVISE_BUDGET)
    units = SpendingUnit.objects.visible_to(person).select_related("province")
    revision = actions.draft(
        get_object_or_404(units, code=body.unit),
        body.fiscal_year,
        [one.asked() for one in body.lines],
        title=body.title,
        declared_total=body.declared_total,
        token=body.token,
        reason=body.reason,
        judged_on=body.judged_on,
        volume=body.volume,
        by=person,
    )
    return Status(201, _judged(_revision(request, revision.pk)))


@router.post("/{pk}/propose", response=JudgedOut)
def propose(request: HttpRequest, pk: int, body: LetterIn) -> dict[str, Any]:
    """Propose a draft."""
    person = asked_by(request, Permission.REVISE_BUDGET)
    actions.propose(_revision(request, pk), by=person, **body.dict())
    return show_revision(request, pk)


@router.post("/{pk}/approve", response=JudgedOut)
def approve(request: HttpRequest, pk: int, body: ApproveIn) -> dict[str, Any]:
    """Record the decision of the office that approved."""
    person = asked_by(request, Permission.APPROVE_REVISIONS)
    if body.office not in Office.__members__:
        raise HttpError(422, _("There is no such office: %(office)s.") % {"office": body.office})
    actions.approve(_revision(request, pk), by=person, **body.dict())
    return show_revision(request, pk)


@router.post("/{pk}/return", response=JudgedOut)
def give_back(request: HttpRequest, pk: int, body: ReasonIn) -> dict[str, Any]:
    """Return a revision with the reason."""
    person = asked_by(request, Permission.APPROVE_REVISIONS)
    actions.return_(_revision(request, pk), by=person, reason=body.reason)
    return show_revision(request, pk)


@router.post("/{pk}/force", response=JudgedOut)
def put_in_force(request: HttpRequest, pk: int, body: ForceIn) -> dict[str, Any]:
    """Put an approved revision in force; asked again, it is one posting."""
    person = asked_by(request, Permission.APPROVE_REVISIONS)
    revision = _revision(request, pk)
    actions.put_in_force(revision, effective_on=body.effective_on, by=person)
    return show_revision(request, pk)


@router.post("/{pk}/withdraw", response=JudgedOut)
def withdraw(request: HttpRequest, pk: int, body: ReasonIn) -> dict[str, Any]:
    """Take back a revision that is not in force."""
    person = asked_by(request, Permission.REVISE_BUDGET)
    actions.withdraw(_revision(request, pk), by=person, reason=body.reason)
    return show_revision(request, pk)


def _revisions(request: HttpRequest) -> Any:
    person = asked_by(request, Permission.SEE_BUDGET)
    revisions = Revision.objects.visible_to(person)
    return revisions.select_related("unit__province", "province")


def _revision(request: HttpRequest, pk: int) -> Revision:
    revision: Revision = get_object_or_404(_revisions(request), pk=pk)
    return revision


def _plain(revision: Revision) -> dict[str, Any]:
    names = ("id", "fiscal_year", "kind", "state", "declared_total", "number", "effective_on")
    found = {name: getattr(revision, name) for name in names}
    return {**found, "unit": revision.unit.code, "title": str(revision)}


def _judged(revision: Revision) -> dict[str, Any]:
    assessed = assess(revision)
    judged = assessed.judged
    return {
        **_plain(revision),
        "office": judged.whole.office.name,
        "why": judged.whole.message.en,
        "regulation": judged.regime.name.en if judged.regime else None,
        "is_known": judged.whole.is_known,
        "movements": _movements(assessed),
        "touched": [
            {
                "line_key": one.line_key,
                "kind": one.kind,
                "rupiah": one.rupiah,
                "forbids": one.forbids,
                "message": one.message.en,
            }
            for one in assessed.touched
        ],
        "ikpa_points": float(assessed.effect.change),
        "ikpa_is_estimate": assessed.effect.is_estimate,
    }


def _movements(assessed: Assessed) -> list[dict[str, Any]]:
    return [
        {
            "line": one.line_id,
            "line_key": one.line_key,
            **one.funding._asdict(),
            "before": one.ceiling_before,
            "after": one.ceiling_after,
            "office": verdict.office.name,
            "why": verdict.message.en,
            "source": verdict.rule.source if verdict.rule else "",
            "verified": bool(verdict.rule and verdict.rule.verified),
        }
        for one, verdict in zip(assessed.movements, assessed.judged.moves, strict=True)
    ]
