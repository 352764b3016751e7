"""Counts of what must not be: lineage that leads nowhere, merges that are not flat."""

from django.db.models import Exists, OuterRef

from pulih.inbox.models import SourceRecord
from pulih.registry.models import Enterprise, EnterpriseSource


def check() -> dict[str, int]:
    """Return how many things are wrong by what they are; all zero when all is well."""
    enterprise = Enterprise.objects.filter(pk=OuterRef("enterprise_id"))
    record = SourceRecord.objects.filter(pk=OuterRef("source_record_id"))
    source = EnterpriseSource.objects.filter(enterprise_id=OuterRef("pk"))
    return {
        "lineage_without_enterprise": EnterpriseSource.objects.filter(~Exists(enterprise)).count(),
        "lineage_without_row": EnterpriseSource.objects.filter(~Exists(record)).count(),
        "enterprises_without_source": Enterprise.objects.filter(~Exists(source)).count(),
        "merges_that_are_not_flat": Enterprise.objects.exclude(
            merged_into__merged_into=None
        ).count(),
    }
