"""Whether the makers of an order hold what its need demands, on the days that matter.

PostgreSQL refuses the same (`sql/certificates.sql`); here the makers are named.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.people.scope import speaking_as_system
from pulih.web import numbers

from ..models import Certificate, Order

MOST_NAMED = 5


def refuse_uncertified(order: Order, first: date, last: date | None = None) -> None:
    """Refuse unless one verified certificate of each maker covers all days from first to last.

    last: the day on which the order is due where none is given.
    """
    # A buyer's office or link may not see what firms elsewhere hold.
    with speaking_as_system():
        standard = order.terms.standard
        if standard is None:
            return
        last = last or order.terms.due
        held = Certificate.objects.filter(
            Q(standard=standard) | Q(kind__in=standard.accepts),
            Q(valid_from=None) | Q(valid_from__lte=first),
            Q(valid_to=None) | Q(valid_to__gte=last),
            verified_at__isnull=False,
        )
        parts = order.parts.exclude(enterprise__in=held.values("enterprise"))
        names = [str(part.enterprise) for part in parts.select_related("enterprise").order_by("pk")]
    if not names:
        return
    said = {
        "names": ", ".join(names[:MOST_NAMED]),
        "standard": standard,
        "first": numbers.day(first),
        "last": numbers.day(last),
    }
    if first == last:
        raise Refusal(
            _(
                "%(names)s: no certificate for %(standard)s holds on %(first)s. Add the renewed "
                "one on the firm's page, or let the buyer cancel or refuse the goods."
            )
            % said
        )
    raise Refusal(
        _(
            "%(names)s: no certificate for %(standard)s holds from %(first)s to %(last)s. Add the "
            "renewed one on the firm's page, or decline."
        )
        % said
    )
