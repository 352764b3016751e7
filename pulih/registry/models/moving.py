"""Acts that go with their firm: who sees what was done to it before it moved."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Func, Q, Value

from pulih.people.models import Sight, User
from pulih.people.scope import ScopedQuerySet


class ActQuerySet(ScopedQuerySet):
    """Acts of a model whose `FIRMS` names the columns of the enterprises that they concern."""

    def visible_to(self, person: User) -> Self:
        """Keep what was done under an office that `person` sees, or to a firm that moved there.

        As row-level security does: see sql/moving.sql.
        """
        sight = person.sight
        if sight.country:
            return self
        return self.filter(_within(sight) | Q(_went_to(sight, self.model.FIRMS)))

    def under(self, person: User) -> Self:
        """Keep what was done under an office that `person` sees: for counts over all there are."""
        return super().visible_to(person)


def _within(sight: Sight) -> Q:
    return Q(regency_id__in=sight.regencies) | Q(province_id__in=sight.provinces)


def _went_to(sight: Sight, firms: tuple[str, ...]) -> Any:
    reach = (_keys(sight.provinces), _keys(sight.regencies))
    return Func(
        *reach, "province_id", "regency_id", *firms, function="registry_went_to",
        output_field=BooleanField(),
    )  # fmt: skip


def _keys(areas: frozenset[int]) -> Value:
    return Value(sorted(areas), output_field=ArrayField(BigIntegerField()))
