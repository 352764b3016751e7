"""How shared pages name findings."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from pulih.people.models import User
from pulih.workflow.registry import Described

from .models import Finding


def describe_findings(person: User, subjects: Collection[int]) -> Mapping[int, Described]:
    rows = Finding.objects.visible_to(person).filter(pk__in=subjects)
    return {
        one.pk: Described(
            _("%(what)s: %(who)s")
            % {"what": one.visit.get_outcome_display(), "who": one.unit.name},
            reverse("sampling:finding", args=[one.pk]),
        )
        for one in rows.select_related("visit", "unit")
    }
