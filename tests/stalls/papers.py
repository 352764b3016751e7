"""Which papers of this room carry a code that anybody can verify."""

from django.utils.translation import gettext_lazy as _

from pulih.documents.kinds import PaperKind, at
from pulih.people.permissions import Permission

PERMIT = PaperKind("stalls.permit", _("Permit"), Permission.SEE_ACTIVITIES, at("stalls:stall"))
