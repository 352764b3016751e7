"""Which papers of this room carry a code that anybody can verify."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.documents.kinds import PaperKind, at
from pulih.documents.models import PaperCode
from pulih.people.permissions import Permission

from .models import Item, Move, Participant, Selection, Session


def _of(rows: Any, paper: PaperCode, page: str, key: str) -> str:
    """Return the page of the row that a paper is about; key: which of its values the page asks."""
    found = rows.filter(pk=paper.subject).values_list(key, flat=True).first()
    return reverse(page, args=[found]) if found else ""


def _class_page(paper: PaperCode) -> str:
    """Return the page of the class's certificates; the subject is one participant."""
    return _of(Participant.objects, paper, "delivery:certificates", "cohort")


def _class_of_session(paper: PaperCode) -> str:
    """Return the attendance page of the class; the subject is the first session of the day."""
    return _of(Session.objects, paper, "delivery:attendance", "cohort")


def _activity_of_selection(paper: PaperCode) -> str:
    return _of(Selection.objects, paper, "delivery:activity", "activity")


def _goods_of_item(paper: PaperCode) -> str:
    return _of(Item.objects, paper, "delivery:goods", "activity")


def _goods_of_move(paper: PaperCode) -> str:
    """Return the page of the goods; the subject is the first inspection of the day."""
    return _of(Move.objects, paper, "delivery:goods", "item__activity")


def _kind(
    key: str, name: Any, page: Any, sees: Permission = Permission.SEE_ACTIVITIES
) -> PaperKind:
    return PaperKind(f"delivery.{key}", name, sees, page)


HANDOVER = _kind("handover", _("Hand-over minutes (BAST)"), at("delivery:handover"))
PAYMENT_LIST = _kind("payment_list", _("Nominative list"), at("delivery:payment-list"))
CERTIFICATE = _kind("certificate", _("Certificate of training"), _class_page)
PARTICIPANT_DECREE = _kind("decree", _("Decree of the participants"), at("delivery:activity"))
FURTHER_DECREE = _kind(
    "further_decree", _("Further decree of participants"), _activity_of_selection
)
ATTENDANCE_LIST = _kind("attendance", _("Attendance list"), _class_of_session)
RECEIPTS = _kind("receipts", _("Sheet of receipts"), at("delivery:cohort"))
INVITATION = _kind("invitation", _("Invitation"), at("delivery:cohort"))
SCHEDULE = _kind("schedule", _("Schedule"), at("delivery:cohort"))
STOCK_CARD = _kind("stock_card", _("Stock card"), _goods_of_item)
INSPECTION = _kind("inspection", _("Inspection minutes"), _goods_of_move)
# Of one activity both may hold: what the province prints with the ledger, a regency without it.
FINAL_REPORT = _kind(
    "final_report", _("Final report"), at("delivery:activity"), Permission.SEE_BUDGET
)
REPORT_WITHOUT_LEDGER = _kind(
    "report_no_ledger", _("Final report without the ledger"), at("delivery:activity")
)
KINDS = (
    HANDOVER, PAYMENT_LIST, CERTIFICATE, PARTICIPANT_DECREE, FURTHER_DECREE, ATTENDANCE_LIST,
    RECEIPTS, INVITATION, SCHEDULE, STOCK_CARD, INSPECTION, FINAL_REPORT, REPORT_WITHOUT_LEDGER,
)  # fmt: skip
