"""Who of a unit may do what: the holder of a post, or Pulih itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from pulih.budget.models import Post, SpendingUnit
from pulih.budget.reads.doors import has_hand
from pulih.common.errors import Refusal
from pulih.people.models import Role, User


def require_hand(unit: SpendingUnit, by: User, post: Post, hands: Sequence[str] = ()) -> None:
    """Refuse who holds none of these posts of the unit; without `hands`: the post itself."""
    if by.role != Role.SYSTEM and not has_hand(unit, by, tuple(hands) or (post,)):
        raise Refusal(
            _("Only the %(post)s of this unit may do this. Nothing was saved.")
            % {"post": post.label}
        )
