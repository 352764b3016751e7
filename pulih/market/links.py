"""What a maker without an account may do by a link: answer one offer, and say that it was sent."""

from django.utils.translation import gettext_lazy as _

from pulih.people.links import purposes
from pulih.people.links.purposes import LinkPurpose
from pulih.people.permissions import Permission

ANSWER = purposes.register(
    LinkPurpose(
        "market.answer",
        _("answering an offer"),
        "market:answer",
        Permission.KEEP_CAPACITIES,
        longest_days=31,
    )
)
