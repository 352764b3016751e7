"""What the frame of every page asks of the inbox."""

from datetime import datetime

from django.http import HttpRequest

from pulih.people.models import User

from .models import ImportBatch, State


def last_delivery(request: HttpRequest) -> datetime | None:
    """Return when the newest list that counts came in, of those the person sees."""
    if not isinstance(request.user, User):
        return None
    done = ImportBatch.objects.visible_to(request.user).filter(state=State.DONE)
    newest: datetime | None = done.in_order().values_list("delivered_at", flat=True).first()
    return newest


def unfinished_of(request: HttpRequest) -> int | None:
    """Return how many files of the person's area were refused or wait; None when none."""
    if not isinstance(request.user, User):
        return None
    mine = ImportBatch.objects.visible_to(request.user).unfinished()
    return mine.count() or None
