"""What makers and buyers without an account may do by a link.

A maker answers one offer and says that it was sent. A buyer states its needs, answers what makers
accepted, and signs for what came. A firm answers how ready it is for export, and says what it can
make now.
"""

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
# Its subject is one buyer.
BUYING = purposes.register(
    LinkPurpose(
        "market.buying", _("stating needs as a buyer"), "market:buying", Permission.KEEP_NEEDS
    )
)
# Its subject is one firm.
READINESS = purposes.register(
    LinkPurpose(
        "market.readiness",
        _("answering on readiness for export"),
        "market:answer-readiness",
        Permission.KEEP_CAPACITIES,
    )
)
# Its subject is one firm.
CAPACITY = purposes.register(
    LinkPurpose(
        "market.capacity",
        _("saying what the firm can make"),
        "market:own-capacity",
        Permission.KEEP_CAPACITIES,
        longest_days=31,
    )
)
