"""Which papers of this room carry a code that anybody can verify."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.documents.kinds import PaperKind, at
from pulih.documents.models import PaperCode
from pulih.people.permissions import Permission

from .models import Participant


def _class_page(paper: PaperCode) -> str:
    """Return the page of the class's certificates; the subject is one participant."""
    found = Participant.objects.filter(pk=paper.subject).first()
    return reverse("delivery:certificates", args=[found.cohort_id]) if found else ""


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
