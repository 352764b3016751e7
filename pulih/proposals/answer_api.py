"""Answers for programs: verified, reviewed, decided; rounds, ideas of regencies and amendments."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema, Status
from ninja.errors import HttpError

from pulih.areas.models import Level
from pulih.people.access import asked_by
from pulih.people.permissions import Permission
from pulih.web.as_of import usual_day
from pulih.web.programs import cleaned, sent, takes, texts
from pulih.workflow import reads as workflow
from pulih.workflow.forms import MoveForm as NamedMoveForm

from .actions import (
    amending,
    amendment_moves,
    batches,
    deciding,
    ideas,
    reviewing,
    rounds,
    verifying,
)
from .amend_forms import AmendForm
from .amended import approved_content
from .answer_forms import AssignForm, DecideForm, ScoreForm, TogetherForm, VerifyForm
from .api_schemas import (
    AmendIn,
    AmendmentOut,
    DecideIn,
    DeclareIn,
    IdeaIn,
    IdeaOut,
    NamedMoveIn,
    ProposalOut,
    ReviewersIn,
    RoundIn,
    RoundOut,
    ScoreIn,
    TakeUpIn,
    TogetherIn,
    VerifyIn,
)
from .clocks import day_in
from .forms import RoundForm
from .idea_forms import IdeaForm, TakeUpForm
from .models import Amendment, Assignment, Declared, Idea, Outcome, Proposal, Round
from .ranking import ranking
from .rules.factors import written
from .rules.gates import AMENDABLE, AMENDMENT
from .rules.idea_machine import IDEA
from .rules.reviewing import criteria_on
from .shown_api import own, proposal_of, router, whole

AnyForm = TypeVar("AnyForm", bound=forms.Form)
IDEA_MOVES = {"decline": ideas.decline, "withdraw": ideas.withdraw}


@router.post("/{int:pk}/verify", response=ProposalOut)
def verify(request: HttpRequest, pk: int, body: VerifyIn) -> dict[str, Any]:
    """Let a proposal pass by its checklist."""
    person = asked_by(request, Permission.VERIFY_PROPOSALS)
    proposal, form = proposal_of(person, pk), _checklist(body)
    seen = cleaned(form)["seen"]
    verifying.verify(proposal, form.answers(), seen=seen, by=person)
    return whole(proposal, person)


@router.post("/{int:pk}/return", response=ProposalOut)
def give_back(request: HttpRequest, pk: int, body: VerifyIn) -> dict[str, Any]:
    """Return a proposal with what to repair, and for how many working days."""
    person = asked_by(request, Permission.VERIFY_PROPOSALS)
    proposal, form = proposal_of(person, pk), _checklist(body)
    typed = cleaned(form)
    verifying.give_back(
        proposal,
        form.answers(),
        reason=typed["reason"],
        working_days=typed["working_days"] or 3,
        seen=typed["seen"],
        by=person,
    )
    return whole(proposal, person)


def _checklist(body: VerifyIn) -> VerifyForm:
    typed = texts({"seen": body.seen, "reason": body.reason, "working_days": body.working_days})
    for key, item in body.answers.items():
        typed |= texts({f"answer_{key}": item.answer, f"reason_{key}": item.reason})
    return _known(VerifyForm(typed), body.answers, "answer_")


@router.post("/{int:pk}/reviewers", response=ProposalOut)
def assign(request: HttpRequest, pk: int, body: ReviewersIn) -> dict[str, Any]:
    """Name the two reviewers, or one for a place that is free."""
    person = asked_by(request, Permission.VERIFY_PROPOSALS)
    proposal = proposal_of(person, pk)
    named = {"reviewers": [str(one) for one in body.reviewers]}
    typed = cleaned(AssignForm({**texts({"seen": body.seen}), **named}))
    reviewing.name(proposal, list(typed["reviewers"]), by=person, seen=typed["seen"])
    return whole(proposal, person)


@router.post("/{int:pk}/declare", response={204: None})
def declare(request: HttpRequest, pk: int, body: DeclareIn) -> Status[None]:
    """Say that there is no conflict of interest, or hand the review back."""
    person = asked_by(request, Permission.REVIEW_PROPOSALS)
    assignment = _assignment(person, pk)
    reviewing.declare(assignment, has_conflict=body.has_conflict, by=person)
    return Status(204, None)


@router.post("/{int:pk}/score", response=ProposalOut)
def score(request: HttpRequest, pk: int, body: ScoreIn) -> dict[str, Any]:
    """Give a review, once; nobody sees it before all are in."""
    person = asked_by(request, Permission.REVIEW_PROPOSALS)
    assignment = _assignment(person, pk)
    typed = texts({"note": body.note} | {f"points_{k}": v for k, v in body.points.items()})
    form = ScoreForm(typed, criteria=criteria_on(timezone.localdate()))
    note = cleaned(_known(form, body.points, "points_"))["note"]
    reviewing.submit_score(assignment, form.points(), note=note, by=person)
    return whole(proposal_of(person, pk), person)


def _assignment(person: Any, pk: int) -> Assignment:
    named = Assignment.objects.exclude(declared=Declared.CONFLICT)
    found: Assignment = get_object_or_404(named, proposal=proposal_of(person, pk), reviewer=person)
    return found


@router.post("/{int:pk}/decide", response=ProposalOut)
def decide(request: HttpRequest, pk: int, body: DecideIn) -> dict[str, Any]:
    """Answer a scored proposal, row by row."""
    person = asked_by(request, Permission.DECIDE_PROPOSALS)
    proposal = proposal_of(person, pk)
    typed = texts({name: getattr(body, name) for name in ("outcome", "reason", "seen")})
    for position, cut in body.rows.items():
        said = {"cost": cut.unit_cost, "factors": cut.factors, "why": cut.reason}
        typed |= texts({f"{name}_{position}": value for name, value in said.items()})
    typed |= texts({f"people_{position}": people for position, people in body.people.items()})
    form = _known(DecideForm(typed, proposal=proposal), body.rows, "cost_")
    _known(form, body.people, "people_")
    given = cleaned(form)
    deciding.decide(
        proposal,
        Outcome(given["outcome"]),
        reason=given["reason"],
        cuts=form.cuts(),
        people=form.people(),
        seen=given["seen"],
        by=person,
    )
    return whole(proposal, person)


@router.post("/ranking/decide", response={204: None})
def decide_together(request: HttpRequest, body: TogetherIn) -> Status[None]:
    """Answer several scored proposals of a round: all of them, or none."""
    person = asked_by(request, Permission.DECIDE_PROPOSALS)
    round_ = get_object_or_404(Round, pk=body.round)
    typed: dict[str, str] = {}
    for one in body.answers:
        key, said = one.proposal, {"outcome": one.outcome, "reason": one.reason, "seen": one.seen}
        typed |= texts({f"{name}_{key}": value for name, value in said.items()})
    ranked = [one for one in ranking(round_) if one.place]
    form = TogetherForm(typed, ranked=ranked)
    cleaned(_known(form, [one.proposal for one in body.answers], "outcome_"))
    batches.decide_together(form.answers(), by=person)
    return Status(204, None)


def _known(form: AnyForm, keys: Iterable[Any], mark: str) -> AnyForm:
    """Return a form that has a field for each of the keys. Raises HttpError 422 for another one."""
    unknown = sorted(str(key) for key in keys if f"{mark}{key}" not in form.fields)
    if unknown:
        raise HttpError(422, _("Not known here: %(names)s.") % {"names": ", ".join(unknown)})
    return form


@router.post("/rounds", response={201: RoundOut})
@takes(RoundIn)
def open_round(request: HttpRequest, body: Schema) -> Status[Round]:
    """Open a round."""
    person = asked_by(request, Permission.MANAGE_ROUNDS)
    return Status(201, rounds.save(Round(), **cleaned(RoundForm(sent(body))), by=person))


@router.post("/rounds/{int:pk}", response=RoundOut)
@takes(RoundIn)
def change_round(request: HttpRequest, pk: int, body: Schema) -> Round:
    """Change when a round closes and what it takes; what is not sent stays."""
    person = asked_by(request, Permission.MANAGE_ROUNDS)
    round_ = get_object_or_404(Round, pk=pk)
    form = RoundForm({**RoundForm.values_of(round_), **sent(body)})
    return rounds.save(round_, **cleaned(form), by=person)


@router.post("/ideas", response={201: IdeaOut})
@takes(IdeaIn)
def send_idea(request: HttpRequest, body: Schema) -> Status[dict[str, Any]]:
    """Send an idea of the own regency to its province."""
    person = asked_by(request, Permission.SEND_IDEAS)
    home = person.home
    if home is None or home.level != Level.REGENCY:
        raise PermissionDenied
    typed = sent(body)
    form = IdeaForm({**typed, "round_": typed.get("round", "")}, today=day_in(home.pk))
    return Status(201, _idea(ideas.send(regency=home, by=person, **cleaned(form))))


@router.get("/ideas/{int:pk}", response=IdeaOut)
def show_idea(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Show an idea and what became of it."""
    return _idea(_idea_of(asked_by(request, Permission.SEE_IDEAS), pk))


@router.post("/ideas/{int:pk}/take-up", response=IdeaOut)
@takes(TakeUpIn)
def take_up(request: HttpRequest, pk: int, body: Schema) -> dict[str, Any]:
    """Put an idea into a draft, a new one or `into`."""
    person = asked_by(request, Permission.PROPOSE)
    idea = _idea_of(person, pk)
    usual = {"people": idea.people, "measure": idea.measure_id or ""}
    today = day_in(idea.province_id)
    form = TakeUpForm({**usual, **sent(body)}, idea=idea, by=person, today=today)
    ideas.take_up(idea, by=person, **cleaned(form))
    return _idea(_idea_of(person, pk))


@router.post("/ideas/{int:pk}/move", response=IdeaOut)
def move_idea(request: HttpRequest, pk: int, body: NamedMoveIn) -> dict[str, Any]:
    """Answer that an idea is not taken up (decline), or take one's own back (withdraw)."""
    person = asked_by(request, Permission.SEE_IDEAS)
    idea, typed = _idea_of(person, pk), cleaned(NamedMoveForm(texts(body.dict())))
    act = IDEA_MOVES.get(typed["move"])
    if act is None:
        raise Http404
    act(idea, reason=typed["reason"], seen=typed["seen"], by=person)
    return _idea(_idea_of(person, pk))


def _idea_of(person: Any, pk: int) -> Idea:
    visible = Idea.objects.visible_to(person)
    found = visible.select_related("round", "province", "regency", "measure", "made_by")
    idea: Idea = get_object_or_404(found, pk=pk)
    return idea


def _idea(idea: Idea) -> dict[str, Any]:
    last = workflow.last_step(IDEA, idea.pk)
    assert last is not None
    names = ("number", "title", "people")
    return {name: getattr(idea, name) for name in names} | {
        "id": idea.pk,
        "state": last.to_state,
        "last_step": last.number,
        "proposal": idea.proposal_id,
    }


@router.get("/{int:pk}/amend", response=dict[str, Any])
def show_amendable(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return the fields that an amendment may change, as what is approved fills them."""
    return _as_approved(_amend_form(own(request, pk)[1]))


@router.post("/{int:pk}/amend", response={201: AmendmentOut})
def amend(request: HttpRequest, pk: int, body: AmendIn) -> Status[dict[str, Any]]:
    """Ask for a change of what is approved."""
    person, proposal = own(request, pk)
    before = _known(_amend_form(proposal), body.fields, "")
    given = {k: v if isinstance(v, list) else str(v or "") for k, v in body.fields.items()}
    form = _amend_form(proposal, {**_as_approved(before), **given, "why": str(body.why or "")})
    reason = cleaned(form)["why"]
    made = amending.ask(proposal, form.amended(), reason=reason, by=person)
    return Status(201, _amendment(made))


def _as_approved(form: AmendForm) -> dict[str, Any]:
    """Return the fields of an amendment as what is approved fills them."""
    values = {
        name: form.get_initial_for_field(field, name)
        for name, field in form.fields.items()
        if name != "why"
    }
    return {
        name: written(value) if name.startswith("factors_") else value
        for name, value in values.items()
    }


def _amend_form(proposal: Proposal, typed: dict[str, Any] | None = None) -> AmendForm:
    if proposal.state not in AMENDABLE:
        raise Http404
    return AmendForm(typed, proposal=proposal, content=approved_content(proposal))


@router.get("/amendments/{int:pk}", response=AmendmentOut)
def show_amendment(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Show an amendment."""
    return _amendment(_amendment_of(asked_by(request, Permission.SEE_PROPOSALS), pk))


@router.post("/amendments/{int:pk}/move", response=AmendmentOut)
def move_amendment(request: HttpRequest, pk: int, body: NamedMoveIn) -> dict[str, Any]:
    """Check, accept, grant, refuse or withdraw an amendment."""
    person = asked_by(request, Permission.SEE_PROPOSALS)
    amendment, typed = _amendment_of(person, pk), cleaned(NamedMoveForm(texts(body.dict())))
    if typed["move"] not in amendment_moves.EVERY:
        raise Http404
    amendment_moves.take(amendment, **typed, effective_on=usual_day(request), by=person)
    return _amendment(_amendment_of(person, pk))


def _amendment_of(person: Any, pk: int) -> Amendment:
    visible = Amendment.objects.visible_to(person)
    found = visible.select_related("proposal__province", "proposal__round", "version")
    return get_object_or_404(found, pk=pk)


def _amendment(amendment: Amendment) -> dict[str, Any]:
    last = workflow.last_step(AMENDMENT, amendment.pk)
    assert last is not None
    return {
        "id": amendment.pk,
        "proposal": amendment.proposal_id,
        "number": amendment.number,
        "state": last.to_state,
        "topics": list(amendment.topics),
        "reason": amendment.reason,
        "last_step": last.number,
    }
