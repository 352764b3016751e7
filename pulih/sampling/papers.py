"""Which papers of this room carry a code that anybody can verify."""

from django.utils.translation import gettext_lazy as _

from pulih.documents.kinds import PaperKind, at
from pulih.people.permissions import Permission

REPORT = PaperKind(
    "sampling.report", _("Report of a sampling check"), Permission.SEE_SAMPLES, at("sampling:check")
)
