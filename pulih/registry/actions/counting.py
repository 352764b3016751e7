"""What came of a run: how many enterprises it looked at, joined, and asks about."""

from collections.abc import Sequence

import polars as pl
from django.utils import timezone

from pulih.inbox import bulk
from pulih.registry.models import LinkKind, LinkRun, LinkState

# An enterprise came with the batch of the first row that named it.
BROUGHT = """
    SELECT enterprise_id, batch_id FROM (
        SELECT DISTINCT ON (link.enterprise_id) link.enterprise_id, record.batch_id
        FROM registry_enterprisesource AS link
        JOIN inbox_sourcerecord AS record ON record.id = link.source_record_id
        WHERE link.enterprise_id IN (
            SELECT named.enterprise_id FROM inbox_sourcerecord AS asked
            JOIN registry_enterprisesource AS named ON named.source_record_id = asked.id
            WHERE asked.batch_id = ANY ('{{{batches}}}')
        )
        ORDER BY link.enterprise_id, record.id
    ) AS first WHERE batch_id = ANY ('{{{batches}}}')
    ORDER BY enterprise_id
"""
COUNTED = """
    WITH firm AS (
        SELECT id, coalesce(merged_into_id, id) AS top, merged_into_id IS NOT NULL
            OR EXISTS (SELECT 1 FROM registry_enterprise AS one WHERE one.merged_into_id = firm.id)
            AS is_joined
        FROM registry_enterprise AS firm WHERE id IN (SELECT id FROM pg_temp.registry_counted)
    ), asked AS (
        SELECT coalesce(end_.merged_into_id, end_.id) AS top FROM registry_review AS review
        JOIN registry_enterprise AS end_ ON end_.id IN (review.first_id, review.second_id)
        WHERE review.state IN ('waiting', 'third')
    )
    SELECT count(*), count(*) FILTER (WHERE is_joined),
        count(*) FILTER (WHERE NOT is_joined AND top IN (SELECT top FROM asked))
    FROM firm
"""


def waiting_runs() -> list[LinkRun]:
    """Return the runs of batches that are not done, the first delivered first."""
    states = [LinkState.WAITING, LinkState.RUNNING, LinkState.FAILED]
    return list(LinkRun.objects.filter(kind=LinkKind.BATCH, state__in=states).order_by("id"))


def brought(batch_ids: Sequence[int]) -> pl.DataFrame:
    """Return `enterprise_id, batch_id` of the enterprises that these batches named first."""
    batches = ",".join(str(int(one)) for one in batch_ids)
    return bulk.fetch(
        BROUGHT.format(batches=batches), {"enterprise_id": pl.Int64, "batch_id": pl.Int64}
    )


def finish(run: LinkRun, enterprise_ids: pl.Series) -> None:
    """Write the counts of a run over these enterprises, and that it is done."""
    bulk.copy_in(
        "registry_counted", enterprise_ids.to_frame("id"), {"id": "bigint"}, is_joined=True
    )
    every, matched, waiting = bulk.ask(COUNTED)
    LinkRun.objects.filter(pk=run.pk).update(
        records=every,
        matched=matched,
        waiting=waiting,
        new=every - matched - waiting,
        state=LinkState.DONE,
        finished_at=timezone.now(),
    )
