"""Counts of what must not be: rows that lead nowhere, counts that do not add up."""

from django.db.models import Count, Exists, F, OuterRef

from pulih.inbox.models import CellProblem, ImportBatch, SourceRecord, State


def check() -> dict[str, int]:
    """Return how many things are wrong by what they are; all zero when all is well."""
    batch = ImportBatch.objects.filter(pk=OuterRef("batch_id"))
    counted = ImportBatch.objects.filter(state=State.DONE).annotate(stored=Count("records"))
    return {
        "rows_without_file": SourceRecord.objects.filter(~Exists(batch)).count(),
        "problems_without_file": CellProblem.objects.filter(~Exists(batch)).count(),
        "files_whose_rows_are_not_all_there": counted.exclude(stored=F("rows")).count(),
    }
