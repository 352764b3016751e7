"""How shared pages name payment requests on their way."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from pulih.people.models import User
from pulih.workflow.registry import Described

from .models import Submission


def describe(person: User, ids: Collection[int]) -> Mapping[int, Described]:
    """Name the requests of some submissions that a person may see."""
    found = Submission.objects.visible_to(person).filter(pk__in=ids).select_related("request")
    return {
        one.pk: Described(
            f"{one.request} · {one.request.party}" if one.request.party else str(one.request),
            reverse("treasury:request", args=[one.request_id]),
        )
        for one in found
    }
