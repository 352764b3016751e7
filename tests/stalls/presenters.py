"""How shared pages name stalls."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from pulih.people.models import User
from pulih.workflow.registry import Described

from .models import Stall


def describe(person: User, subjects: Collection[int]) -> Mapping[int, Described]:
    rows = Stall.objects.visible_to(person).filter(pk__in=subjects)
    return {one.pk: Described(one.name, reverse("stalls:stall", args=[one.pk])) for one in rows}
