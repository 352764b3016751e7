"""Files whose key is lost for good: they stay, and the record says who gave them up, and why."""

from pulih.audit.actions import record
from pulih.audit.models import Event
from pulih.people.models import User

from ..models import ImportBatch

VERB = "inbox.leave_behind"


def left_behind() -> set[str]:
    """Return the names of the files that were given up before; as the person sees the record."""
    return set(Event.objects.filter(verb=VERB).values_list("detail__file", flat=True))


def leave_behind(name: str, *, key: str, reason: str, by: User) -> None:
    """Record that a stored file waits for its key no longer. name: that it is stored under.

    Whoever delivered it can deliver it again; what was read of it stays.
    """
    batch = ImportBatch.objects.filter(stored_name=name).first()
    record(by, VERB, batch or by, file=name, key=key, reason=reason)
