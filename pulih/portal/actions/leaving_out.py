"""A release without a table that cannot be protected, or that must not be published."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..datasets import DATASETS, Table, tables_of
from ..models import LeftOut, Release, ReleaseWork
from ..models.work import RUNNING
from ..reads import releases as reads
from .releases import NewRelease, discard, draft


@transaction.atomic
def leave_out(
    release: Release,
    table: Table,
    *,
    reason: str,
    by: User,
    reason_en: str = "",
    now: datetime | None = None,
) -> Release:
    """Go on without a table; return the release that goes on. May refuse.

    A draft that is not counted stays the same release. Cells are never changed: one that is
    counted is discarded, and drafted again with the tables that it left out.
    """
    require(by, Permission.PREPARE_RELEASES, None)
    _refuse_wrong(release, table, reason, by)
    goes_on = release
    if reads.state_of_release(release) != "draft":
        discard(release, reason=reason, by=by)
        wanted = NewRelease(
            release.as_of, release.restates, release.restatement_reason, release.scope,
            release.restatement_reason_en,
        )  # fmt: skip
        goes_on = draft(wanted, by=by, now=now)
        for one in release.left_out.order_by("pk"):
            one.pk, one.release = None, goes_on
            one._state.adding = True
            one.save()
    LeftOut.objects.create(
        release=goes_on, measure=table.measure, dimension=table.dimension, reason=reason.strip(),
        reason_en=reason_en.strip(), by=by, at=now or timezone.now(),
    )  # fmt: skip
    record(by, "portal.leave_out", goes_on, number=goes_on.number, table=table.key)
    return goes_on


def _refuse_wrong(release: Release, table: Table, reason: str, by: User) -> None:
    if release.made_by_id != by.pk:
        raise Refusal(
            Message(
                f"Rilis {release.number} dibuat walidata lain; yang membuatnya yang menahan tabel.",
                f"Release {release.number} was made by another data steward, who leaves tables "
                "out of it.",
            )
        )
    if not reason.strip():
        raise Refusal(
            Message(
                "Tulis alasan tabel ini tidak terbit; alasan itu dibaca semua orang.",
                "Write why this table is not published; everybody reads the reason.",
            )
        )
    left = release.left_out.filter(measure=table.measure, dimension=table.dimension)
    if table not in tables_of(DATASETS) or left.exists():
        raise Refusal(
            Message(
                "Tabel itu tidak ada di rilis ini atau sudah ditahan. Pilih tabel lain.",
                "That table is not in this release, or is left out already. Choose another.",
            )
        )
    if ReleaseWork.objects.filter(release=release, state__in=RUNNING).exists():
        raise Refusal(
            Message(
                "Rilis ini sedang dikerjakan. Tunggu sampai selesai, lalu tahan tabelnya.",
                "This release is being worked on. Wait until that is done, then leave the table "
                "out.",
            )
        )
