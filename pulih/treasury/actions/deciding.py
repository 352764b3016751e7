"""What an officer decides of a difference: post what is missing, explain it, or leave it open."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.budget import followers
from pulih.budget.actions import ledger, many
from pulih.budget.models import BudgetLine, DocumentKind
from pulih.budget.retrying import until_done
from pulih.common.errors import Message, Refusal
from pulih.inbox.models import ImportBatch
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow.columns import move_row

from ..models import Difference, Reconciliation
from ..states import DIFFERENCE
from .missing_documents import papers_of

AT_ONCE = 5_000  # Documents that one step of a mass posting takes.
DECIDED = ("state", "posting", "decided_by", "decided_at", "can_post", "why_indonesian", "why_en")


@dataclass(frozen=True)
class PostedMany:
    """How many documents a step posted, and how many the ledger refused with a reason."""

    posted: int
    refused: int

    @property
    def is_done(self) -> bool:
        return self.posted + self.refused < AT_ONCE


def post_difference(difference: Difference, *, by: User) -> Difference:
    """Post the document that the ledger lacks, as the list states it. May refuse."""
    require(by, Permission.POST_DOCUMENTS, difference.province)
    return until_done(lambda: _post_difference(difference, by))


@transaction.atomic
def _post_difference(difference: Difference, by: User) -> Difference:
    found = _locked(difference)
    DIFFERENCE.move(found.state, "post")
    if not found.can_post:
        raise Refusal(found.why)
    _lock_lines([found])
    _post_one(found, by, timezone.now())
    found.save(update_fields=DECIDED)
    record(by, "budget.post_difference", found, document=found.document_number)
    return found


def post_missing(batch: ImportBatch, *, by: User) -> PostedMany:
    """Post the next documents of a list that the ledger lacks and could take. May refuse.

    Call it until it is done. A document that the ledger refuses keeps the reason and stays open.
    """
    require(by, Permission.POST_DOCUMENTS, batch.province)
    return until_done(lambda: _post_missing(batch, by))


@transaction.atomic
def _post_missing(batch: ImportBatch, by: User) -> PostedMany:
    doubtful = Reconciliation.objects.filter(batch=batch).exclude(doubt_indonesian="").first()
    if doubtful and doubtful.doubt:
        raise Refusal(doubtful.doubt)
    waiting = Difference.objects.lawful().filter(last_seen__batch=batch)
    locked = waiting.select_for_update(of=("self",)).order_by("their_day", "id")
    chosen = list(locked.select_related("unit__province", "last_seen__batch")[:AT_ONCE])
    _lock_lines(chosen)
    now = timezone.now()
    posted = _post_in_order(chosen, batch, by, now)
    Difference.objects.bulk_update(chosen, DECIDED)
    if chosen:
        record(by, "budget.post_missing", batch, posted=posted, refused=len(chosen) - posted)
    return PostedMany(posted, len(chosen) - posted)


@transaction.atomic
def explain(difference: Difference, *, note: str, by: User) -> Difference:
    """Keep a difference with its reason; it no longer waits for anybody. May refuse."""
    require(by, Permission.POST_DOCUMENTS, difference.province)
    found = _locked(difference)
    DIFFERENCE.move(found.state, "explain")
    if not note.strip():
        raise Refusal(_("Write why the list and the ledger differ."))
    move_row(DIFFERENCE, found, "explain")
    found.note = " ".join(note.split())
    found.decided_by, found.decided_at = by, timezone.now()
    found.save(update_fields=["state", "note", "decided_by", "decided_at"])
    record(by, "budget.explain_difference", found, note=found.note)
    return found


@transaction.atomic
def reopen(difference: Difference, *, by: User) -> Difference:
    """Let an explained difference wait again. May refuse."""
    require(by, Permission.POST_DOCUMENTS, difference.province)
    found = _locked(difference)
    move_row(DIFFERENCE, found, "reopen")
    found.decided_by, found.decided_at = by, timezone.now()
    found.save(update_fields=["state", "decided_by", "decided_at"])
    record(by, "budget.reopen_difference", found)
    return found


def _lock_lines(differences: list[Difference]) -> None:
    """Lock all lines in the order of their ids before the first is posted, as every writer does."""
    lines = {
        one["line_id"]
        for difference in differences
        for one in [
            *(difference.content.get("lines") or []),
            *(difference.content.get("covered") or []),
        ]
    }
    locked = BudgetLine.objects.filter(pk__in=lines).order_by("id").select_for_update(no_key=True)
    list(locked.values_list("pk"))


def _locked(difference: Difference) -> Difference:
    related = ("unit__province", "last_seen__batch")
    every = Difference.objects.select_related(*related).select_for_update(of=("self",))
    found: Difference = every.get(pk=difference.pk)
    return found


def _post_in_order(chosen: list[Difference], batch: ImportBatch, by: User, now: datetime) -> int:
    """Post documents by their days; runs of those that replace nothing go all at once."""
    posted = 0
    run: list[Difference] = []
    for one in chosen:
        # A return follows a payment of the same list, so that one must be there first.
        if not one.content.get("covered") and one.document_kind != DocumentKind.RETURN:
            run.append(one)
            continue
        posted += _post_run(run, batch, by, now)
        run = []
        try:
            _post_one(one, by, now)
            posted += 1
        except Refusal as refusal:
            _refused(one, refusal.message)
    return posted + _post_run(run, batch, by, now)


def _post_run(run: list[Difference], batch: ImportBatch, by: User, now: datetime) -> int:
    ready, papers = [], []
    for one in run:
        try:
            papers.append(papers_of(one)[-1])
            ready.append(one)
        except Refusal as refusal:
            _refused(one, refusal.message)
    answers = many.post_many(papers, by=by, batch=batch) if papers else []
    posted = 0
    for one, answer in zip(ready, answers, strict=True):
        if answer.posting_id is None:
            assert answer.refusal is not None
            _refused(one, answer.refusal)
        else:
            _posted(one, answer.posting_id, by, now)
            posted += 1
    return posted


@transaction.atomic
def _post_one(one: Difference, by: User, now: datetime) -> None:
    """Post a document, and before it the correction of what it takes the place of."""
    posting_id = 0
    for paper in papers_of(one):
        named = {name: getattr(paper, name) for name in paper.__dataclass_fields__}
        posting_id = ledger.post(**named, by=by, batch=one.last_seen.batch).posting_id
    _posted(one, posting_id, by, now)


def _posted(one: Difference, posting_id: int, by: User, now: datetime) -> None:
    move_row(DIFFERENCE, one, "post")
    one.posting_id = posting_id
    one.decided_by, one.decided_at = by, now
    if one.content.get("order_number") and one.document_kind == DocumentKind.PAYMENT:
        followers.tell(posting_id, by)  # It pays an SPM, whose request is now paid.


def _refused(one: Difference, why: Message) -> None:
    one.can_post, one.why_indonesian, one.why_en = False, why.id, why.en
