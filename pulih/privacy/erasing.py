"""Making a person of classes nobody: what names the person goes, also out of the history."""

import pgtrigger
from django.db import connection, transaction
from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.delivery.models import Person

from .rules import ERASED

KEEPERS = tuple(
    name
    for model in ("delivery.Person", "delivery.Applicant", "delivery.Objection", "people.Link")
    for name in (f"{model}:changed_update", f"{model}Event:append_only")
)


@transaction.atomic
def erase(person: Person) -> None:
    """Take away what names a person. May refuse: what accounts for state money must stay.

    Applications stay, about nobody, so that counts of an activity do not change.
    """
    if not _made_nobody(person):
        raise Refusal(
            _(
                "%(person)s had a place in a class. Attendance and payments account for state "
                "money and stay for as long as the law wants; say so in the answer."
            )
            % {"person": person}
        )
    person.refresh_from_db()


def _made_nobody(person: Person) -> bool:
    """Ask PostgreSQL, which also sees classes and history of areas where this office sees none."""
    with pgtrigger.ignore(*KEEPERS), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT delivery_erase_person(%s, %s)", [person.pk, ERASED])
        (is_nobody,) = cursor.fetchone()
    return bool(is_nobody)
