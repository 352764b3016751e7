"""Releases and data stewards with defaults, as tests want them."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.utils import timezone

from pulih.areas.models import COUNTRY, Area
from pulih.inbox import uploads
from pulih.inbox.models import ImportBatch, SourceRecord
from pulih.people.models import Role, User
from pulih.people.scope import speaking_for
from pulih.portal import actions
from pulih.portal.models import Release
from pulih.proposals.models import Attachment
from pulih.registry.models import Enterprise, EnterpriseSource
from tests.make import budget, impact
from tests.people import cast

DAY = date(2020, 6, 15)


def country() -> None:
    """Three firms of one regency and eight of another, and a unit with money."""
    for regency, number in (("Kab. Indramayu", 3), ("Kab. Bandung", 8)):
        firms(regency, number)
    budget.line(ceiling=1_000_000_000, committed=200_000_000, realised=50_000_000)


def firms(regency: str, number: int) -> None:
    """Let firms of a regency report in one list."""
    batch = impact.batch()
    found = [impact.enterprise(f"Konveksi {at}", regency) for at in range(number)]
    impact.take(batch, impact.rows(found, batch, workers_hit=2))
    traced()


def steward(name: str = "walidata_a") -> User:
    """A data steward; two of them publish a release together."""
    return cast.person(Role.STEWARD, Area.objects.get(pk=COUNTRY), name)


def release(number: str = "2020-06-15.1", **values: Any) -> Release:
    """A bare row, of which nothing is counted."""
    usual = {"as_of": DAY, "known_at": timezone.now(), "program_version": "1"}
    by = values.pop("made_by", None) or steward()
    return Release.objects.create(number=number, made_by=by, **{**usual, **values})


def traced() -> None:
    """Leave bare rows as the inbox and the register do, since `pulih check` asks where from."""
    bare = Enterprise.objects.filter(sources=None)
    if of := impact.batch(kind="firms") if bare.exists() else None:
        for place, firm in enumerate(bare.order_by("pk")):
            at = {"province": firm.province, "regency": firm.regency}
            record = SourceRecord.objects.create(
                batch=of, row=place + 2, verdict="accepted", values={}, **at
            )
            EnterpriseSource.objects.create(source_record=record, enterprise=firm, **at)
    done = ImportBatch.objects.filter(state="done").annotate(stored=Count("records"))
    for batch in done:
        ImportBatch.objects.filter(pk=batch.pk).update(rows=batch.stored, accepted=batch.stored)
        uploads.path_of(batch.stored_name).touch()
    for name in Attachment.objects.values_list("stored_name", flat=True):
        uploads.path_of(name).touch()


def drafted() -> Release:
    """A release that the first steward has asked for, not counted yet."""
    by = steward()
    with speaking_for(by):
        return actions.draft(actions.NewRelease(DAY, None, ""), by=by)


def checked(as_of: date = DAY, restates: Release | None = None, reason: str = "") -> Release:
    """A release that is counted, protected and checked by the first steward."""
    traced()
    by = steward()
    with speaking_for(by):
        made = actions.draft(actions.NewRelease(as_of, restates, reason), by=by)
        actions.protect(made, by=by)
        return actions.check(made, by=by)


def published(
    as_of: date = DAY, restates: Release | None = None, reason: str = "", with_pages: bool = True
) -> Release:
    """A release on show. Needs transactions that end, or `django_capture_on_commit_callbacks`.

    with_pages: they take most of its time; False where nobody reads them.
    """
    made, by = checked(as_of, restates, reason), steward("walidata_b")
    with speaking_for(by):
        return actions.publish(made, by=by, with_pages=with_pages)
