"""What the frame of every page asks of the inbox."""

from datetime import datetime

from django.http import HttpRequest

from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.web.counting import Rows

from .models import ImportBatch, State


def last_delivery(request: HttpRequest) -> datetime | None:
    """Return when the newest list that counts came in, of those the person sees."""
    if not isinstance(request.user, User):
        return None
    done = ImportBatch.objects.visible_to(request.user).filter(state=State.DONE)
    newest: datetime | None = done.in_order().values_list("delivered_at", flat=True).first()
    return newest


def unfinished_for(person: User) -> Rows:
    """Return them for those who deliver files and see to it that they are read to their end."""
    if not holds(person, Permission.DELIVER_FILES):
        return 0
    return ImportBatch.objects.visible_to(person).unfinished()
