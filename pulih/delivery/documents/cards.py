"""Cards of a class's participants, to cut out: name, class and a square code. No NIK is on them."""

from __future__ import annotations

from pathlib import Path

from pulih.documents.seals import drawn
from pulih.documents.typesetting import typeset

from ..cards import card_of
from ..models import Cohort

TEMPLATE = Path(__file__).with_name("cards.typ")


def pdf(cohort: Cohort) -> bytes:
    """Return the cards of everybody who sits in the class, in the order of the list."""
    people = cohort.participants.seated().select_related("person").order_by("number")
    values = {
        "activity": cohort.activity.title,
        "cohort": cohort.name,
        "people": [
            {"number": one.number, "name": one.person.name, "drawing": drawn(card_of(one.pk))}
            for one in people
        ],
    }
    return typeset(TEMPLATE, values)
