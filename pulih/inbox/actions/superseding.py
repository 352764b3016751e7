"""A corrected file takes the place of the one it corrects; the older rows stay as history.

A file corrects another of the same office, kind and period when the two share at least half of
the older one's rows. Two lists of different firms for one month stand side by side.
"""

from pulih.inbox import bulk, receivers
from pulih.inbox.models import OF_A_YEAR, ImportBatch, State

LEAST_SHARED = 0.5
SHARED = """
    SELECT count(*), count(*) FILTER (WHERE row_key IN (
        SELECT hashtextextended(row_key, 0) FROM pg_temp.inbox_arrival))
    FROM inbox_sourcerecord WHERE batch_id = %s AND row_key IS NOT NULL
"""


def supersede_older(batch: ImportBatch) -> list[ImportBatch]:
    """Mark the batches that this one corrects as no longer the newest, and return them."""
    named = [batch.supersedes] if batch.supersedes else []
    older = named + [one for one in _of_same_period(batch) if _is_corrected(one)]
    for one in older:
        one.is_newest = False
        one.save(update_fields=["is_newest"])
    if older:
        batch.supersedes = older[0]
    return older


def tell(older: list[ImportBatch]) -> None:
    """Let the rooms know, once the new rows are theirs."""
    for one in older:
        receivers.supersede(one)


def _of_same_period(batch: ImportBatch) -> list[ImportBatch]:
    same = ImportBatch.objects.filter(
        office=batch.office_id, kind=batch.kind, state=State.DONE, is_newest=True
    ).exclude(pk__in=[batch.pk, batch.supersedes_id or 0])
    if batch.kind in OF_A_YEAR:
        same = same.filter(fiscal_year=batch.fiscal_year)
    else:
        same = same.filter(as_of__year=batch.as_of.year, as_of__month=batch.as_of.month)
    return list(same.order_by("-id"))


def _is_corrected(older: ImportBatch) -> bool:
    """Tell whether the rows that are being stored hold at least half of the older batch's."""
    keyed, shared = bulk.ask(SHARED, [older.pk])
    return bool(keyed > 0 and shared >= keyed * LEAST_SHARED)
