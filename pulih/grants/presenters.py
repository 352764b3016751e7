"""How pages name grants, their steps and who holds them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.people.models import User
from pulih.workflow.registry import Described

from .models import GrantCase
from .rules.steps import step_of, steps

HOLDER_WORDS = {
    "receiver": gettext_lazy("the receiver"),
    "office": gettext_lazy("the office"),
    "user": gettext_lazy("the goods' user (the ministry)"),
    "manager": gettext_lazy("the goods' manager (Finance, KPKNL)"),
}


def describe(person: User, subjects: Collection[int]) -> Mapping[int, Described]:
    rows = GrantCase.objects.visible_to(person).filter(pk__in=subjects)
    return {
        one.pk: Described(
            _("Grant of %(bast)s") % {"bast": one.handover.number},
            reverse("grants:case", args=[one.pk]),
        )
        for one in rows.select_related("handover")
    }


def holder_words(case: GrantCase, state: str) -> Any:
    """Whose turn it is; empty once nobody's is."""
    if state not in {one.key for one in steps()}:
        return ""
    return HOLDER_WORDS[step_of(state).held_by(case.approver)]
