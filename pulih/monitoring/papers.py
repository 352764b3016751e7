"""Which papers of this room carry a code that anybody can verify."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.documents.kinds import PaperKind
from pulih.documents.models import PaperCode
from pulih.people.permissions import Permission

from .models import Paper


def _filing_page(paper: PaperCode) -> str:
    """Return the page of the version that was filed with these files."""
    kept = Paper.objects.filter(sha256__in=paper.fingerprints).first()
    return reverse("monitoring:filing", args=[kept.filing_id]) if kept else ""


REPORT = PaperKind("monitoring.report", _("Filed report"), Permission.SEE_BUDGET, _filing_page)
