"""Which papers of this room carry a code that anybody can verify."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.budget.models import Posting
from pulih.documents.kinds import PaperKind, at
from pulih.documents.models import PaperCode
from pulih.people.permissions import Permission

from .models import FiledMonth


def _request_page(paper: PaperCode) -> str:
    """Return the page of the SPP that an order follows; the subject is the order."""
    found = Posting.objects.filter(pk=paper.subject).first()
    return reverse("treasury:request", args=[found.refers_to_id]) if found else ""


_of_request = at("treasury:request")
ORDER = PaperKind("treasury.order", _("Payment order (SPM)"), Permission.SEE_BUDGET, _request_page)
RECEIPT = PaperKind("treasury.receipt", _("Receipt (kuitansi)"), Permission.SEE_BUDGET, _of_request)
STATEMENT = PaperKind(
    "treasury.statement", _("Statement of responsibility (SPTJB)"), Permission.SEE_BUDGET,
    _of_request,
)  # fmt: skip
TAX_LIST = PaperKind(
    "treasury.tax_list", _("List of taxes withheld"), Permission.SEE_BUDGET, _of_request
)

SUPPORTING = PaperKind(
    "treasury.supporting", _("Checklist of supporting papers"), Permission.SEE_BUDGET, _of_request
)


def _book_page(paper: PaperCode) -> str:
    found = FiledMonth.objects.filter(pk=paper.subject).first()
    if found is None:
        return ""
    return reverse("treasury:book", args=[found.unit_id, found.fiscal_year, found.month])


ACCOUNT = PaperKind(
    "treasury.account", _("Treasurer's account of a month (LPJ)"), Permission.SEE_BUDGET, _book_page
)
KINDS = {
    "order": ORDER, "receipt": RECEIPT, "statement": STATEMENT, "taxes": TAX_LIST,
    "supporting": SUPPORTING,
}  # fmt: skip
