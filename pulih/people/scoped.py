"""The second wall above PostgreSQL's policies: one queryset method for every scoped model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .models import User


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows with `province` and `regency`: only those within a person's sight."""

    def visible_to(self, person: User) -> Self:
        """Keep the rows that `person` may see; nothing for those without reach."""
        sight = person.sight
        if sight.country:
            return self
        return self.filter(Q(regency_id__in=sight.regencies) | Q(province_id__in=sight.provinces))
