"""What happens to reports of impact: stored set by set, counted again, read for a case."""

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from pulih.audit.actions import record_run
from pulih.inbox import bulk
from pulih.inbox.models import ImportBatch
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system

from . import reading
from .models import ImpactReport
from .rules import definition_on

TYPES = {
    **dict.fromkeys(("source_id", "enterprise_id", "province_id", "regency_id"), "bigint"),
    **{"month": "date", "reported": "date", "status": "text", "commodity_group": "text"},
    **dict.fromkeys(("turnover_before", "turnover"), "bigint"),
    **dict.fromkeys(
        ("workers_before", "workers", "laid_off", "furloughed", "workers_hit"), "integer"
    ),
    **{"obstacles": "text[]", "needs": "text[]", "severity": "numeric(4,1)"},
    **{"severity_rank": "smallint", "known": "smallint", "is_affected": "boolean"},
    **{"formula_version": "text", "definition_version": "text", "terms": "jsonb"},
    **{"is_best": "boolean"},
}
COLUMNS = [name for name in TYPES if name not in ("source_id", "is_best")]
OUTDATE = """
UPDATE impact_impactreport r SET is_latest = false FROM pg_temp.impact_new n
WHERE n.is_best AND r.enterprise_id = n.enterprise_id AND r.is_latest
  AND (r.month, r.source_record_id) < (n.month, n.source_id)
"""
STORE = """
INSERT INTO impact_impactreport
    (source_record_id, batch_id, is_withdrawn, is_latest, {columns})
SELECT n.source_id, %s, false,
       n.is_best AND NOT EXISTS (SELECT 1 FROM impact_impactreport r
                                 WHERE r.enterprise_id = n.enterprise_id AND r.is_latest),
       {values}
FROM pg_temp.impact_new n
ON CONFLICT (enterprise_id, month, source_record_id) DO NOTHING
""".replace("{columns}", ", ".join(COLUMNS)).replace(
    "{values}", ", ".join(f"n.{name}" for name in COLUMNS)
)
# A firm's reports: of all that were merged into it, but for rows that a split took elsewhere.
SETTLE = """
WITH tops AS (
    SELECT DISTINCT coalesce(merged_into_id, id) AS firm
    FROM registry_enterprise WHERE id = ANY (%s)
), firms AS (
    SELECT firm AS id, firm FROM tops
    UNION ALL
    SELECT e.id, firm FROM tops JOIN registry_enterprise e ON e.merged_into_id = firm
), told AS (
    SELECT r.id, f.firm, r.month, r.source_record_id
    FROM firms f JOIN impact_impactreport r ON r.enterprise_id = f.id
    WHERE NOT r.is_withdrawn AND NOT EXISTS (
        SELECT 1 FROM registry_splitmove m
        WHERE m.source_record_id = r.source_record_id AND m.undone_at IS NULL)
    UNION ALL
    SELECT r.id, f.firm, r.month, r.source_record_id
    FROM firms f
    JOIN registry_splitmove m ON m.to_enterprise_id = f.id AND m.undone_at IS NULL
    JOIN registry_enterprisesource s ON s.source_record_id = m.source_record_id
    JOIN impact_impactreport r
        ON r.enterprise_id = s.enterprise_id AND r.source_record_id = s.source_record_id
    WHERE NOT r.is_withdrawn
), ranked AS (
    SELECT id, row_number() OVER (
        PARTITION BY firm ORDER BY month DESC, source_record_id DESC) = 1 AS is_newest FROM told
)
UPDATE impact_impactreport r SET is_latest = ranked.is_newest FROM ranked
WHERE ranked.id = r.id AND r.is_latest <> ranked.is_newest
"""
JOINED = """
SELECT coalesce(array_agg(DISTINCT n.enterprise_id), '{}')
FROM pg_temp.impact_new n JOIN registry_enterprise e ON e.id = n.enterprise_id
WHERE e.merged_into_id IS NOT NULL
   OR EXISTS (SELECT 1 FROM registry_enterprise o WHERE o.merged_into_id = e.id)
   OR EXISTS (SELECT 1 FROM registry_splitmove m
              WHERE e.id IN (m.from_enterprise_id, m.to_enterprise_id) AND m.undone_at IS NULL)
"""
# Wherever the firms, those they are one with, or their reports are counted.
PROVINCES = """
WITH tops AS (
    SELECT DISTINCT coalesce(merged_into_id, id) AS firm
    FROM registry_enterprise WHERE id = ANY (%s)
), firms AS (
    SELECT e.id, e.province_id FROM tops JOIN registry_enterprise e ON e.id = firm
    UNION
    SELECT e.id, e.province_id FROM tops JOIN registry_enterprise e ON e.merged_into_id = firm
)
SELECT coalesce(array_agg(DISTINCT province_id), '{}') FROM (
    SELECT province_id FROM firms
    UNION SELECT r.province_id FROM impact_impactreport r JOIN firms f ON f.id = r.enterprise_id
) AS counted
"""
NEEDS = """
WITH newest AS (
    SELECT DISTINCT ON (firm) * FROM (
        SELECT coalesce(e.merged_into_id, e.id) AS firm, r.*
        FROM impact_impactreport r
        LEFT JOIN registry_splitmove m
            ON m.source_record_id = r.source_record_id AND m.undone_at IS NULL
        JOIN registry_enterprise e ON e.id = coalesce(m.to_enterprise_id, r.enterprise_id)
        WHERE r.month <= %(day)s AND r.reported <= %(day)s AND NOT r.is_withdrawn
    ) known
    ORDER BY firm, month DESC, source_record_id DESC
), named AS (
    SELECT regency_id, province_id, need, severity FROM newest, unnest(needs) AS need
    WHERE is_affected AND regency_id IS NOT NULL
)
SELECT regency_id, need, count(*),
       round(coalesce(avg(severity),
                      avg(avg(severity)) OVER (PARTITION BY min(province_id), need),
                      avg(avg(severity)) OVER (PARTITION BY need), 0), 1)
FROM named GROUP BY regency_id, need ORDER BY regency_id, need
"""


@transaction.atomic
def take(batch: ImportBatch, rows: pl.DataFrame, *, by: User) -> dict[str, int]:
    """Store and score the reports among a batch's rows. A corrected file replaces its forerunner.

    rows: as the inbox gives them, with `enterprise_id`. Running it again changes nothing.
    """
    require(by, Permission.DELIVER_FILES, batch.office)
    started = timezone.now()
    bulk.work_in_bulk()
    if batch.supersedes_id:
        _withdraw(batch.supersedes_id)
    found = reading.reports(rows, batch.as_of)
    bulk.copy_in("impact_new", found, TYPES)
    bulk.execute(OUTDATE)
    stored = bulk.execute(STORE, [batch.pk])
    settle(bulk.ask(JOINED)[0])
    refresh_counts(found["province_id"].unique().to_list())
    counts = {
        "impact_reports": stored,
        "impact_affected": found.filter(pl.col("is_affected").fill_null(False)).height,
        "impact_unscored": found.filter(pl.col("severity_rank") < 0).height,
    }
    record_run("impact", by=by, input_sha256=batch.sha256, started_at=started, counts=counts)
    return counts


@transaction.atomic
def withdraw(batch: ImportBatch, *, by: User) -> dict[str, int]:
    """Let the reports of a withdrawn batch count no more; what they replaced counts again."""
    require(by, Permission.DELIVER_FILES, batch.office)
    bulk.work_in_bulk()
    withdrawn = _withdraw(batch.pk)
    if batch.supersedes_id:
        _restore(batch.supersedes_id)
    refresh_counts([batch.province_id])
    return {"impact_withdrawn": withdrawn}


@transaction.atomic
def supersede(old: ImportBatch, *, by: User) -> dict[str, int]:
    """Let the reports of a batch that a corrected file replaced count no more."""
    require(by, Permission.DELIVER_FILES, old.office)
    withdrawn = _withdraw(old.pk)
    if withdrawn:
        refresh_counts([old.province_id])
    return {"impact_superseded": withdrawn}


@transaction.atomic
def restore(batch: ImportBatch, *, by: User) -> dict[str, int]:
    """Let the reports of a batch that was withdrawn count again."""
    require(by, Permission.DELIVER_FILES, batch.office)
    if batch.supersedes_id:
        _withdraw(batch.supersedes_id)
    restored = _restore(batch.pk)
    refresh_counts([batch.province_id])
    return {"impact_restored": restored}


def _restore(batch_id: int) -> int:
    reports = ImpactReport.objects.filter(batch_id=batch_id, is_withdrawn=True)
    firms = list(reports.values_list("enterprise_id", flat=True).distinct())
    restored = reports.update(is_withdrawn=False)
    settle(firms)
    return restored


def _withdraw(batch_id: int) -> int:
    reports = ImpactReport.objects.filter(batch_id=batch_id, is_withdrawn=False)
    firms = list(reports.values_list("enterprise_id", flat=True).distinct())
    withdrawn = reports.update(is_withdrawn=True, is_latest=False)
    settle(firms)
    return withdrawn


def settle(enterprise_ids: Iterable[int]) -> int:
    """Find again which report counts for these firms, merged ones with the firm they became.

    Pulih itself looks: of a firm that is one, other offices may have told too.
    """
    with speaking_as_system():
        return bulk.execute(SETTLE, [list(enterprise_ids)])


def follow(enterprise_ids: Sequence[int]) -> None:
    """Count again after firms were joined or parted: one firm is one in every count."""
    settle(enterprise_ids)
    refresh_counts(bulk.ask(PROVINCES, [list(enterprise_ids)])[0])


def refresh_counts(province_ids: Iterable[int]) -> int:
    """Make the public counts of these provinces and of the country again; return the cells kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT impact_refresh_counts(%s, %s)",
            [list(province_ids), definition_on(timezone.localdate()).version],
        )
        return int(cursor.fetchone()[0])


def needs_for_case(as_of: date) -> pl.DataFrame:
    """Return the table `needs` of a case: regency (area id), need, firms, severity.

    firms: affected firms, each by its newest report up to `as_of`, that name the need. severity:
    their mean, one decimal; where none of them could be scored, that of the province, then of
    the country, for the same need. Firms without a known regency are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEEDS, {"day": as_of})
        rows = [(area, need, firms, float(mean)) for area, need, firms, mean in cursor.fetchall()]
    schema = {"regency": pl.Int64, "need": pl.String, "firms": pl.Int64, "severity": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")
