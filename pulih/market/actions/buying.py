"""Who may act for a buyer: the offices of its area, or the holder of its own access link."""

from pulih.people.links.actions import require_link
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..links import BUYING
from ..models import Buyer


def refuse_other_buyer(buyer: Buyer, by: User | Link) -> None:
    """Raise PermissionDenied unless `by` is of the buyer's area, or its own link."""
    if isinstance(by, Link):
        require_link(by, BUYING, buyer.pk)
    else:
        require(by, Permission.KEEP_NEEDS, buyer.regency)
