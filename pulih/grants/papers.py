"""Which papers of this room carry a code that anybody can verify."""

from django.utils.translation import gettext_lazy as _

from pulih.documents.kinds import PaperKind, at
from pulih.people.permissions import Permission

DEED = PaperKind("grants.deed", _("Deed of grant"), Permission.SEE_ACTIVITIES, at("grants:case"))
