"""What delivery's tables say of each other, for `pulih check`."""

from collections.abc import Iterator
from importlib.resources import files

from django.db import connection
from django.db.models import F

from pulih.common.errors import Message

from .models import Handover, Mark, Move, Participant, Stock

STOCK = files("pulih.delivery").joinpath("sql", "checks", "stock.sql").read_text("utf-8")


def differences() -> Iterator[str]:
    """Yield a sentence for each thing that does not add up."""
    with connection.cursor() as cursor:
        cursor.execute(STOCK)
        for item, spot, kept, moved in cursor.fetchall():
            yield f"item {item}, {spot}: stock {kept}, moves {moved}"
    seats = Participant.objects.exclude(cohort__activity=F("activity")).count()
    if seats:
        yield f"{seats} participants stand in another activity than their class"
    marks = Mark.objects.exclude(
        session__cohort=F("cohort"), participant__cohort=F("cohort")
    ).count()
    if marks:
        yield f"{marks} marks of a session or a person of another class"


def verified() -> dict[Message, int]:
    """Return how many of each thing were held against each other."""
    return {
        Message("stok", "stocks"): Stock.objects.count(),
        Message("gerakan barang", "moves of goods"): Move.objects.count(),
        Message("serah terima", "hand-overs"): Handover.objects.count(),
        Message("catatan kehadiran", "marks of attendance"): Mark.objects.count(),
    }
