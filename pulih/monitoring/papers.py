"""Which papers of this room carry a code that anybody can verify."""

from django.utils.translation import gettext_lazy as _

from pulih.documents.kinds import PaperKind

REPORT = PaperKind("monitoring.report", _("Filed report"))
