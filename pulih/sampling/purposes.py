"""What access links of sampling checks are for."""

from django.utils.translation import gettext_lazy as _

from pulih.people.links.purposes import LinkPurpose
from pulih.people.permissions import Permission

# Its subjects are drawn lines of a frozen list.
VISIT = LinkPurpose(
    "sampling.visit",
    _("Visits of a sampling check"),
    "sampling:visit-by-link",
    Permission.CHECK_SAMPLES,
    longest_days=60,
)
