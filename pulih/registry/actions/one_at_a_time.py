"""One joining, splitting or pinning at a time, and what has to be made right after each."""

from collections.abc import Iterable

import polars as pl
from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.inbox import bulk
from pulih.people.scope import speaking_as_system
from pulih.registry import merge_hooks
from pulih.registry.actions import answer_reviews, refresh_enterprises
from pulih.registry.models import Enterprise

LOCK = "SELECT pg_advisory_xact_lock(hashtext('registry.join'))"


def hold() -> None:
    """Wait until nobody else joins or parts enterprises, and keep others waiting until commit."""
    bulk.execute(LOCK)


def group_of(*ids: int) -> list[Enterprise]:
    """Return all enterprises of the groups that these belong to, whoever may see them. May refuse.

    They are ours until commit. A list that is being stored is not waited for: it may take long,
    and each could wait for the other.
    """
    with speaking_as_system():
        tops = _tops(ids)
        rows = Enterprise.objects.filter(Q(pk__in=tops) | Q(merged_into__in=tops)).order_by("id")
        try:
            with transaction.atomic():
                return list(rows.select_for_update(nowait=True))
        except OperationalError as error:
            raise Refusal(
                _("A file with one of these firms is being stored. Try again in a minute.")
            ) from error


def _tops(ids: Iterable[int]) -> list[int]:
    rows = Enterprise.objects.filter(pk__in=list(ids))
    return [merged_into or pk for pk, merged_into in rows.values_list("pk", "merged_into_id")]


def form_anew(ids: pl.Series) -> None:
    """Form enterprises from the files that still count, and ask about those alone that stand."""
    with speaking_as_system():
        refresh_enterprises.refresh(ids)
        answer_reviews.settle(ids.to_list())


def settle(ids: Iterable[int]) -> None:
    """Form these enterprises again, ask or no longer ask about them, and tell the other rooms."""
    concerned = sorted(set(ids))
    with speaking_as_system():
        refresh_enterprises.refresh(pl.Series(concerned, dtype=pl.Int64))
        answer_reviews.settle(concerned)
        merge_hooks.follow(concerned)
