"""Whose NIK a decree holds, and which correction of it waits for a second officer."""

from __future__ import annotations

from django.db import connection

from ..models import NumberCorrection, Person, Seat


def holds_a_seat(person: Person) -> bool:
    """Tell whether somebody in sight holds a seat by a NIK, in another province too."""
    seats = Seat.objects.held().exclude(nik_key="")
    if seats.filter(participant__person=person).exists():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT delivery_holds_a_seat(%s)", [person.pk])
        return bool(cursor.fetchone()[0])


def waiting_correction(person: Person, key: str) -> NumberCorrection | None:
    """Return the newest word that the number with this key is wrong; None where nobody said so."""
    rows = NumberCorrection.objects.filter(person=person).select_related("by").order_by("-pk")
    found: NumberCorrection | None = rows.first()
    return found if found and found.key_before == key else None
