"""Which papers of this room carry a code that anybody can verify."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.documents.kinds import PaperKind, at
from pulih.documents.models import PaperCode
from pulih.people.permissions import Permission

from .models import Participant, Session


def _class_page(paper: PaperCode) -> str:
    """Return the page of the class's certificates; the subject is one participant."""
    found = Participant.objects.filter(pk=paper.subject).first()
    return reverse("delivery:certificates", args=[found.cohort_id]) if found else ""


def _class_of_session(paper: PaperCode) -> str:
    """Return the attendance page of the class; the subject is the first session of the day."""
    found = Session.objects.filter(pk=paper.subject).first()
    return reverse("delivery:attendance", args=[found.cohort_id]) if found else ""


HANDOVER = PaperKind(
    "delivery.handover",
    _("Hand-over minutes (BAST)"),
    Permission.SEE_ACTIVITIES,
    at("delivery:handover"),
)
PAYMENT_LIST = PaperKind(
    "delivery.payment_list",
    _("Nominative list"),
    Permission.SEE_ACTIVITIES,
    at("delivery:payment-list"),
)
CERTIFICATE = PaperKind(
    "delivery.certificate", _("Certificate of training"), Permission.SEE_ACTIVITIES, _class_page
)
PARTICIPANT_DECREE = PaperKind(
    "delivery.decree",
    _("Decree of the participants"),
    Permission.SEE_ACTIVITIES,
    at("delivery:activity"),
)
ATTENDANCE_LIST = PaperKind(
    "delivery.attendance", _("Attendance list"), Permission.SEE_ACTIVITIES, _class_of_session
)
RECEIPTS = PaperKind(
    "delivery.receipts", _("Sheet of receipts"), Permission.SEE_ACTIVITIES, at("delivery:cohort")
)
KINDS = (HANDOVER, PAYMENT_LIST, CERTIFICATE, PARTICIPANT_DECREE, ATTENDANCE_LIST, RECEIPTS)
