"""Look-ups of this room that end in 404, and the language of the page."""

from django.shortcuts import get_object_or_404

from pulih.people.access import PersonRequest
from pulih.people.permissions import Permission, may

from ..models import Proposal


def proposal_or_404(request: PersonRequest, pk: int) -> Proposal:
    visible = Proposal.objects.visible_to(request.user)
    found = visible.select_related("round", "measure", "province", "made_by", "changed_by")
    return get_object_or_404(found, pk=pk)


def may_write(request: PersonRequest, proposal: Proposal) -> bool:
    """Tell whether the person may change this proposal as it stands now."""
    return proposal.is_editable and may(request.user, Permission.PROPOSE, proposal.province)
