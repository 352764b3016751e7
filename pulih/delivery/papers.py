"""Which papers of this room carry a code that anybody can verify."""

from django.utils.translation import gettext_lazy as _

from pulih.documents.kinds import PaperKind

HANDOVER = PaperKind("delivery.handover", _("Hand-over minutes (BAST)"))
PAYMENT_LIST = PaperKind("delivery.payment_list", _("Nominative list"))
CERTIFICATE = PaperKind("delivery.certificate", _("Certificate of training"))
