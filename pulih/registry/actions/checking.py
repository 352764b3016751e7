"""Counts of what must not be: lineage that leads nowhere, merges that no act explains."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from pulih.common.identity_numbers import IdentityNumber
from pulih.inbox import bulk
from pulih.inbox.models import SourceRecord
from pulih.registry.models import (
    Enterprise,
    EnterpriseSource,
    Merge,
    Pin,
    Review,
    Separation,
    SplitMove,
)
from pulih.registry.models.reviews import OPEN

# Every enterprise stands for the top of the tree that the merges in force hang it in.
ILL_MERGED = """
    WITH RECURSIVE tree(id, top) AS (
        SELECT firm.id, firm.id FROM registry_enterprise AS firm
        WHERE NOT EXISTS (SELECT 1 FROM registry_merge AS merge
                          WHERE merge.merged_id = firm.id AND merge.undone_at IS NULL)
          AND (firm.merged_into_id IS NOT NULL OR EXISTS (
              SELECT 1 FROM registry_merge AS merge
              WHERE merge.kept_id = firm.id AND merge.undone_at IS NULL))
        UNION ALL
        SELECT merge.merged_id, tree.top FROM registry_merge AS merge
        JOIN tree ON merge.kept_id = tree.id WHERE merge.undone_at IS NULL
    )
    SELECT count(*) FROM tree JOIN registry_enterprise AS firm ON firm.id = tree.id
    WHERE coalesce(firm.merged_into_id, firm.id) <> tree.top
"""


def check() -> dict[str, int]:
    """Return how many things are wrong by what they are; all zero when all is well."""
    return {**_lineage(), **_merges(), **_questions(), "pins_not_honoured": _pins_not_honoured()}


def _lineage() -> dict[str, int]:
    enterprise = Enterprise.objects.filter(pk=OuterRef("enterprise_id"))
    record = SourceRecord.objects.filter(pk=OuterRef("source_record_id"))
    source = EnterpriseSource.objects.filter(enterprise_id=OuterRef("pk"))
    split = SplitMove.objects.filter(to_enterprise=OuterRef("pk"))
    return {
        "lineage_without_enterprise": EnterpriseSource.objects.filter(~Exists(enterprise)).count(),
        "lineage_without_row": EnterpriseSource.objects.filter(~Exists(record)).count(),
        "enterprises_without_source": Enterprise.objects.filter(
            ~Exists(source) & ~Exists(split)
        ).count(),
    }


def _merges() -> dict[str, int]:
    (ill_merged,) = bulk.ask(ILL_MERGED)
    hung = Merge.objects.in_force().filter(merged=OuterRef("pk"))
    merged = Enterprise.objects.exclude(merged_into=None)
    lineage = EnterpriseSource.objects.filter(source_record=OuterRef("source_record"))
    return {
        "merges_that_are_not_flat": Enterprise.objects.exclude(
            merged_into__merged_into=None
        ).count(),
        "merges_that_no_deed_explains": merged.filter(~Exists(hung)).count(),
        "merges_that_do_not_agree_with_the_deeds": int(ill_merged),
        "moved_rows_without_lineage": SplitMove.objects.in_force().filter(~Exists(lineage)).count(),
    }


def _questions() -> dict[str, int]:
    opened = Review.objects.filter(state__in=OPEN).alias(
        one=Coalesce("first__merged_into_id", F("first_id")),
        other=Coalesce("second__merged_into_id", F("second_id")),
    )
    same = Review.objects.filter(state="same").alias(
        one=Coalesce("first__merged_into_id", F("first_id")),
        other=Coalesce("second__merged_into_id", F("second_id")),
    )
    apart = Review.objects.filter(state="different")
    kept_apart = Separation.objects.in_force().filter(
        first=OuterRef("first"), second=OuterRef("second")
    )
    return {
        "reviews_of_what_is_one": opened.filter(one=F("other")).count(),
        "reviews_of_what_is_gone": opened.filter(
            Q(first__is_listed=False, first__merged_into=None)
            | Q(second__is_listed=False, second__merged_into=None)
        ).count(),
        "answers_that_were_not_carried_out": same.exclude(one=F("other")).count()
        + apart.filter(~Exists(kept_apart)).count(),
    }


def _pins_not_honoured() -> int:
    """Count own pins of enterprises that stand for themselves and bear another value."""
    pins = Pin.objects.filter(
        ended_at=None, enterprise__is_listed=True, enterprise__merged_into=None
    ).select_related("enterprise")
    return sum(_written(getattr(pin.enterprise, pin.attribute)) != pin.value for pin in pins)


def _written(value: object) -> str:
    if isinstance(value, IdentityNumber):
        return value.whole
    return "" if value is None else str(value)
