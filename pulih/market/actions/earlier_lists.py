"""Lists that were delivered before the market read them: what they say of makers counts, too."""

from django.db import transaction

from pulih.audit.actions import record
from pulih.inbox.models import ImportBatch, Kind, State
from pulih.people.models import User

from . import delivered

READ_OF = (Kind.FIRMS, Kind.MAKERS)
TOLD = {"capacity", "certificates"}
MOST_LISTS = 20  # In one turn; the next takes the rest.


@transaction.atomic
def read_earlier(*, by: User) -> int:
    """Read capacities and certificates out of lists that nobody read for them; return how many.

    A list says in its effects what was made of it, so that each is read once.
    """
    rows = ImportBatch.objects.filter(kind__in=READ_OF, state=State.DONE, is_newest=True)
    unread = rows.exclude(effects__has_key="capacities").order_by("as_of", "pk")
    found = [one for one in unread.defer("layout") if _tells(one)][:MOST_LISTS]
    for batch in found:
        counts = delivered.restore(batch, by=by)
        batch.effects = {**batch.effects, **counts}
        batch.save(update_fields=["effects"])
        record(by, "market.read_earlier", batch, **counts)
    return len(found)


def _tells(batch: ImportBatch) -> bool:
    """Tell whether a column of the list was recognised as one of what makers say."""
    columns = {column for sheet in batch.recognised.values() for column in sheet.values()}
    return bool(columns & TOLD)
