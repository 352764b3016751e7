"""Payment requests for programs: the same list, forms and actions as the pages."""

from dataclasses import asdict
from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from pulih.lists.programs import serve
from pulih.people.access import asked_by
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.web.as_of import usual_day
from pulih.web.bounds import Code, Letter, RowKey
from pulih.web.programs import cleaned
from pulih.web.words import say

from . import actions
from .books_api import router as books_router
from .forms import ExamineForm, PapersForm, SendBackForm, SubmitAgainForm
from .lists import DIFFERENCES, RECONCILIATIONS
from .models import Deduction
from .programs import request_of
from .reads import taxes as tax_reads
from .reads.supporting import checklist_of
from .rules import checklist
from .rules.taxes import Way
from .submission_lists import SUBMISSIONS
from .tax_forms import ProofForm, TaxesForm, WithdrawProofForm
from .tax_lists import TAXES

router = Router(tags=["treasury"])
router.add_router("", books_router)
serve(router, "/requests", SUBMISSIONS)
serve(router, "/taxes", TAXES)
serve(router, "/reconciliations", RECONCILIATIONS)
serve(router, "/differences", DIFFERENCES)


class ExamineIn(Schema):
    """The keys of the checklist that are ticked, with number and day of the SPM."""

    ticked: list[str]
    number: str
    effective_on: date
    taxes: RowKey | None = None


class ReasonIn(Schema):
    """seen: the number of the last step that the program read."""

    reason: str
    seen: RowKey | None = None


class DoneOut(Schema):
    """The step was taken."""

    is_done: bool


class OrderedOut(Schema):
    """The SPM that was issued."""

    posting_id: int
    is_new: bool


@router.post("/requests/{posting_id}/examine", response=OrderedOut)
def examine(request: HttpRequest, posting_id: RowKey, typed: ExamineIn) -> dict[str, object]:
    """Order the payment of a request that was examined whole."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    asked = request_of(person, posting_id)
    form = ExamineForm(checklist.items_on(usual_day(request), asked.method), typed.dict())
    posted = actions.examine(asked, by=person, **cleaned(form))
    return {"posting_id": posted.posting_id, "is_new": posted.is_new}


@router.post("/requests/{posting_id}/send-back", response=DoneOut)
def send_back(request: HttpRequest, posting_id: RowKey, typed: ReasonIn) -> dict[str, object]:
    """Send a request back to who made it, with the reason."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    values = cleaned(SendBackForm(typed.dict()))
    actions.send_back(request_of(person, posting_id), by=person, **values)
    return {"is_done": True}


@router.post("/requests/{posting_id}/submit-again", response=DoneOut)
def submit_again(request: HttpRequest, posting_id: RowKey, typed: ReasonIn) -> dict[str, object]:
    """Submit a request again after it was fixed."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    values = cleaned(SubmitAgainForm(typed.dict()))
    actions.submit_again(request_of(person, posting_id), by=person, **values)
    return {"is_done": True}


class PaperIn(Schema):
    """A paper of the checklist: number and date, or why it is not there."""

    code: Code
    number: Letter = ""
    dated: date | None = None
    reason: str = ""


class PapersIn(Schema):
    """What is not among the papers stays as it is."""

    papers: list[PaperIn]


class PaperOut(PaperIn):
    """words: of the checklist; code: empty where a list of another room holds it."""

    words: str
    is_there: bool
    is_missing: bool
    is_verified: bool


@router.get("/requests/{posting_id}/supporting", response=list[PaperOut])
def show_supporting(request: HttpRequest, posting_id: RowKey) -> list[dict[str, object]]:
    """Show which supporting papers a request needs and which are there."""
    asked = request_of(asked_by(request, Permission.SEE_BUDGET), posting_id)
    return [
        asdict(one) | {"words": say(one.words), "is_missing": one.is_missing}
        for one in checklist_of(asked)
    ]


@router.post("/requests/{posting_id}/supporting", response=DoneOut)
def name_papers(request: HttpRequest, posting_id: RowKey, typed: PapersIn) -> dict[str, object]:
    """Name supporting papers of a request, or say why one is not there."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    asked = request_of(person, posting_id)
    sent = {one.code: one for one in typed.papers}
    papers = [one for one in checklist_of(asked) if one.code in sent]
    values = {
        f"{name}_{code}": value
        for code, one in sent.items()
        for name, value in one.dict(exclude={"code"}).items()
    }
    form = PapersForm(papers, values)
    cleaned(form)
    unknown = [
        actions.NamedPaper(code) for code in sent if code not in {one.code for one in papers}
    ]
    actions.name_papers(asked, [*form.named(), *unknown], by=person)
    return {"is_done": True}


class TaxesIn(Schema):
    """What is withheld from a request. amounts: rupiah by tax; what is left out is 0.

    seen: the edition that the program read, 0 for none.
    """

    payee: str
    has_number: bool
    amounts: dict[str, int]
    withheld_on: date | None = None
    is_cash: bool = False
    reason: str = ""
    seen: RowKey | None = None


class TaxesOut(Schema):
    """What was stated, in rupiah."""

    edition: int
    gross: int
    withheld: int
    net: int


class ProofIn(Schema):
    """The receipt of a tax that was paid in."""

    ntpn: str
    paid_on: date


@router.post("/requests/{posting_id}/taxes", response=TaxesOut)
def state_taxes(request: HttpRequest, posting_id: RowKey, typed: TaxesIn) -> object:
    """State what is withheld from a request."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    asked = request_of(person, posting_id)
    rule = tax_reads.beside_the_rule([], 0)
    # With every field, whoever takes the tax off: what does not fit is refused and not dropped.
    form = TaxesForm(typed.dict() | typed.amounts, way=Way.TREASURER, rule=rule)
    values = cleaned(form) and form.values()
    return actions.state_taxes(asked, by=person, **values | {"amounts": typed.amounts})


@router.post("/taxes/{pk}/proof", response=DoneOut)
def record_proof(request: HttpRequest, pk: RowKey, typed: ProofIn) -> dict[str, object]:
    """Record that a tax was paid in."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    actions.record_proof(_deduction(person, pk), by=person, **cleaned(ProofForm(typed.dict())))
    return {"is_done": True}


@router.post("/taxes/{pk}/withdraw", response=DoneOut)
def withdraw_proof(request: HttpRequest, pk: RowKey, typed: ReasonIn) -> dict[str, object]:
    """Withdraw a receipt number that was typed wrong."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    values = cleaned(WithdrawProofForm(typed.dict()))
    actions.withdraw_proof(_deduction(person, pk), by=person, **values)
    return {"is_done": True}


def _deduction(person: User, pk: int) -> Deduction:
    every = Deduction.objects.visible_to(person).select_related("withholding__unit__province")
    found: Deduction = get_object_or_404(every, pk=pk)
    return found
