"""Which papers of this room carry a code that anybody can verify."""

from django.utils.translation import gettext_lazy as _

from pulih.documents.kinds import PaperKind

DEED = PaperKind("grants.deed", _("Deed of grant"))
