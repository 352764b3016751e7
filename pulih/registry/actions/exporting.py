"""An export is its own right, and each is written down."""

from django.db import transaction

from pulih.audit.actions import record
from pulih.people.models import User
from pulih.people.permissions import Permission, require


@transaction.atomic
def record_export(question: dict[str, str], *, form: str, by: User) -> None:
    """Write down that the list was exported as it was filtered. form: csv or xlsx."""
    require(by, Permission.EXPORT, by.home)
    kept = {name: value for name, value in question.items() if name != "q"}
    record(by, "registry.export", by, form=form, searched="q" in question, **kept)
