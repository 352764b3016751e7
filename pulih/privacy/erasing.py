"""Making a person of classes nobody: what names the person goes, also out of the history."""

import pgtrigger
from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.delivery.models import Applicant, Person

from .rules import ERASED

KEEPERS = ("delivery.Person:changed_update", "delivery.PersonEvent:append_only")
NOTHING = {
    **dict.fromkeys(("village", "address", "nik", "nik_key", "phone"), ""),
    **{"name": ERASED, "has_disability": False, "is_laid_off": False, "enterprise": None},
}


@transaction.atomic
def erase(person: Person) -> None:
    """Take away what names a person. May refuse: what accounts for state money must stay.

    Applications stay, about nobody, so that counts of an activity do not change.
    """
    if person.seats.exists():
        raise Refusal(
            _(
                "%(person)s had a place in a class. Attendance and payments account for state "
                "money and stay for as long as the law wants; say so in the answer."
            )
            % {"person": person}
        )
    history = apps.get_model("delivery", "PersonEvent")
    with pgtrigger.ignore(*KEEPERS):
        Person.objects.filter(pk=person.pk).update(**NOTHING)
        history._default_manager.filter(pgh_obj_id=person.pk).delete()
        Applicant.objects.filter(person=person).update(household="")
    person.refresh_from_db()
