"""Which enterprises are one firm: asked after every file, and of the whole register on demand."""

from contextlib import nullcontext
from datetime import datetime

import polars as pl
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from pulih.areas.models import COUNTRY
from pulih.audit.actions import record, record_run
from pulih.inbox import bulk
from pulih.inbox.models import ImportBatch
from pulih.linkage.model import MODEL
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system
from pulih.registry import comparing, prepared, records
from pulih.registry.actions import (
    apply_decisions,
    counting,
    create_enterprises,
    refresh_enterprises,
)
from pulih.registry.models import LinkKind, LinkRun, LinkState

LOCK = "SELECT pg_advisory_xact_lock(hashtext('registry.link'))"
TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('registry.link'))"
MOST_ATTEMPTS = 3
LISTED = "is_listed AND merged_into_id IS NULL"
SINCE = "id > {upto:d} AND (is_listed OR merged_into_id IS NOT NULL)"


def wait_for(batch: ImportBatch) -> LinkRun:
    """Write down that the enterprises of a batch are to be linked, in the storing transaction."""
    run, _is_new = LinkRun.objects.get_or_create(
        batch=batch,
        kind=LinkKind.BATCH,
        defaults={
            "province_id": batch.province_id,
            "regency_id": batch.regency_id,
            "by": batch.uploaded_by,
        },
    )
    return run


def link_batch(batch_id: int) -> LinkRun | None:
    """Link the enterprises that a batch brought with the register and with each other.

    Pulih itself does so: doubles do not end where an office's area does. Nothing happens when
    it was done already; what a killed worker began is begun again.
    """
    with speaking_as_system() as system:
        run = LinkRun.objects.filter(batch=batch_id, kind=LinkKind.BATCH).first()
        if run is None or run.state == LinkState.DONE:
            return run
        return _work(run, system)


def relink(*, by: User) -> LinkRun:
    """Link the whole register again, and with it what waits; nothing that is one comes apart."""
    require(by, Permission.RELINK, None)
    with speaking_as_system() as system:
        run: LinkRun = LinkRun.objects.create(kind=LinkKind.FULL, province_id=COUNTRY, by=by)
        record(by, "registry.relink", run)
        return _work(run, system)


def unfinished() -> list[LinkRun]:
    """Return the runs that nobody works at though they wait: new, or of a killed worker."""
    with speaking_as_system(), transaction.atomic():
        (is_free,) = bulk.ask(TRY_LOCK)
        waiting = LinkRun.objects.filter(
            state__in=[LinkState.WAITING, LinkState.RUNNING], batch__isnull=False
        )
        return list(waiting.order_by("id")) if is_free else []


def end_dead() -> None:
    """End linkings of the whole register whose worker was killed: whoever wants it asks again."""
    with speaking_as_system(), transaction.atomic():
        (is_free,) = bulk.ask(TRY_LOCK)
        if is_free:
            _full_under_way().update(state=LinkState.FAILED)


def _full_under_way() -> QuerySet[LinkRun]:
    return LinkRun.objects.filter(kind=LinkKind.FULL, state=LinkState.RUNNING)


def _work(run: LinkRun, system: User) -> LinkRun:
    """Carry a run to its end; what crashes waits to be taken up, and not for ever."""
    if run.attempts >= MOST_ATTEMPTS:
        return _leave(run, LinkState.FAILED)
    LinkRun.objects.filter(pk=run.pk).update(
        state=LinkState.RUNNING, started_at=timezone.now(), attempts=F("attempts") + 1
    )
    is_done = False
    try:
        _link(run, system)
        is_done = True
    finally:
        if not is_done:  # Our own fault: it still crashes, and the page still tells.
            _leave(run, LinkState.WAITING if run.batch_id else LinkState.FAILED)
    run.refresh_from_db()
    if run.kind == LinkKind.FULL:
        _prepare(run)
    return run


def _leave(run: LinkRun, state: LinkState) -> LinkRun:
    LinkRun.objects.filter(pk=run.pk).update(state=state)
    run.refresh_from_db()
    return run


@transaction.atomic
def _link(run: LinkRun, system: User) -> None:
    bulk.work_in_bulk()
    bulk.execute(LOCK)
    run.refresh_from_db()
    if run.state == LinkState.DONE:  # By another, while we waited.
        return
    begun = timezone.now()
    full = run.kind == LinkKind.FULL
    if full:  # A full run that is not ours and yet under way died: we hold the lock.
        _full_under_way().exclude(pk=run.pk).update(state=LinkState.FAILED)
    runs = counting.waiting_runs() if full else [run]
    brought = counting.brought([one.batch_id for one in runs if one.batch_id])
    known, answer = _compare_all() if full else _compare_new(run, brought)
    bulk.execute(create_enterprises.LOCK)  # No list is stored while firms are joined.
    told = answer.findings() if answer else []
    if answer:
        told += apply_decisions.carry_out(run, runs, brought, known, answer, by=system)
    if run.batch_id:
        _repair(run.batch_id)
    LinkRun.objects.filter(pk=run.pk).update(findings=told)
    _finish(run, runs, brought, known, answer, begun)


def _compare_all() -> tuple[pl.DataFrame, comparing.Compared | None]:
    known = records.read(LISTED)
    return known, comparing.compare(known) if known.height > 1 else None


def _compare_new(
    run: LinkRun, brought: pl.DataFrame
) -> tuple[pl.DataFrame, comparing.Compared | None]:
    """Compare what a batch brought, and what came since the register was prepared."""
    new = brought["enterprise_id"]
    if new.is_empty():
        return pl.DataFrame(schema={"record_id": pl.Int64}), None
    first = int(new.to_list()[0])
    held = prepared.ready(first, run)
    known = records.read(SINCE.format(upto=held.upto if held else 0))
    if known.is_empty():
        return known, None
    with prepared.opened(held) if held else nullcontext() as register:
        answer = comparing.compare(known, register)
    return known, answer.about(new)


def _repair(batch_id: int) -> None:
    """Form again what was merged while the list was being stored."""
    ids = refresh_enterprises.of_batch(batch_id).to_frame("id")
    bulk.copy_in("registry_met", ids, {"id": "bigint"}, is_joined=True)
    merged = bulk.fetch(
        "SELECT id FROM registry_enterprise WHERE merged_into_id IS NOT NULL"
        " AND id IN (SELECT id FROM pg_temp.registry_met)",
        {"id": pl.Int64},
    )
    refresh_enterprises.refresh(merged["id"])


def _finish(
    run: LinkRun,
    runs: list[LinkRun],
    brought: pl.DataFrame,
    known: pl.DataFrame,
    answer: comparing.Compared | None,
    begun: datetime,
) -> None:
    """Write the counts of the run, and of the batches whose turn came with it."""
    for one in runs:
        ids = brought.filter(pl.col("batch_id") == (one.batch_id or 0))["enterprise_id"]
        counting.finish(one, ids)
    if run.kind == LinkKind.FULL:
        counting.finish(run, known["record_id"])
    LinkRun.objects.filter(pk=run.pk).update(model=MODEL, started_at=begun)
    run.refresh_from_db()
    counts = {name: getattr(run, name) for name in ("records", "new", "matched", "waiting")}
    sha256 = answer.sha256 if answer else ""
    by = User.objects.get(pk=run.by_id)
    record_run("registry.link", by=by, input_sha256=sha256, started_at=begun, counts=counts)


def _prepare(run: LinkRun) -> None:
    """Prepare the register as the whole run left it, for the lists to come."""
    last = records.last_id()
    if run.state == LinkState.DONE and last:
        prepared.make(last, run)
