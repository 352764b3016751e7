"""Making a release of public figures: one person counts and checks, another publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from pulih.audit.actions import record
from pulih.budget.actions import sealing as budget
from pulih.budget.models import Seal
from pulih.common.errors import Message, Refusal
from pulih.common.version import VERSION
from pulih.inbox.models import ImportBatch
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system
from pulih.workflow.actions import start, take_step
from pulih.workflow.actions.steps import NewDuty
from pulih.workflow.posts import PostKind, post_of

from .. import checking, counting, site
from ..areas import areas_on
from ..datasets import DATASETS, Moment, frozen
from ..models import Cell, Release, Withdrawal
from ..papers import withdraw_code
from ..reads import releases as reads
from ..states import RELEASE
from ..words import words_of

STEWARD = PostKind("steward", Message("walidata", "data steward"), Permission.PUBLISH_RELEASES)


@dataclass(frozen=True)
class NewRelease:
    """restates: the published release of the same day that this one corrects, and why."""

    as_of: date
    restates: Release | None = None
    reason: str = ""


@transaction.atomic
def draft(wanted: NewRelease, *, by: User, now: datetime | None = None) -> Release:
    """Begin a release of a day. May refuse: a day to come, an import that runs, a wrong correction.

    now: the moment up to which figures are known; the present for everybody but a scenario.
    """
    require(by, Permission.PREPARE_RELEASES, None)
    moment = now or timezone.now()
    _refuse_unready(wanted, moment)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('portal.number'))")
    with speaking_as_system():  # The release names a seal over all that it is counted from.
        budget.seal()
    seal = Seal.objects.order_by("-pk").first()
    release = Release.objects.create(
        number=reads.next_number(wanted.as_of),
        as_of=wanted.as_of,
        known_at=moment,
        seal=bytes(seal.hash).hex() if seal else "",
        program_version=VERSION,
        restates=wanted.restates,
        restatement_reason=wanted.reason.strip(),
        made_by=by,
    )
    start(RELEASE, release.pk, area=None, by=by, duty=NewDuty(person=by), now=now)
    record(by, "portal.draft", release, number=release.number)
    return release


@transaction.atomic
def protect(release: Release, *, by: User, now: datetime | None = None) -> Release:
    """Count the figures of a draft and hide what is small. May refuse, with what is wrong.

    Pulih itself counts, since a steward sees no firm; what it gives back names none.
    """
    require(by, Permission.PREPARE_RELEASES, None)
    take_step(RELEASE, release.pk, "protect", by=by, duty="same", now=now)
    with speaking_as_system():
        moment = Moment(release.as_of, release.known_at, areas_on(release.as_of))
        rows = counting.collect(moment)
        earlier = [counting.shown(each) for each in reads.on_show()]
        cells, account = counting.protected_cells(release, moment, rows, earlier)
        Cell.objects.bulk_create(cells, batch_size=2_000)
    release.measures = frozen(DATASETS)
    release.words = words_of(cells)
    release.explanation = account
    release.save(update_fields=["measures", "words", "explanation"])
    return release


@transaction.atomic
def check(release: Release, *, by: User, now: datetime | None = None) -> Release:
    """Let every check run; one that fails or cannot run blocks. May refuse, naming it."""
    require(by, Permission.PREPARE_RELEASES, None)
    with speaking_as_system():
        failed = [one for one in checking.checks(release) if not one.is_passed]
    if failed:
        raise Refusal(checking.refusal(failed))
    post = NewDuty(post=post_of(STEWARD.key, None))
    take_step(RELEASE, release.pk, "check", by=by, duty=post, now=now)
    record(by, "portal.check", release, number=release.number)
    return release


@transaction.atomic
def publish(
    release: Release, *, by: User, seen: int | None = None, now: datetime | None = None
) -> Release:
    """Write the files of a checked release and put them on show. May refuse.

    The files lie in a folder of their own until the transaction holds; whatever is cut short
    leaves the old release whole.
    """
    require(by, Permission.PUBLISH_RELEASES, None)
    _refuse_own(release, by)
    before = reads.newest()
    moment = now or timezone.now()
    duty = NewDuty(post=post_of(STEWARD.key, None))
    take_step(RELEASE, release.pk, "publish", by=by, duty=duty, seen=seen, now=now)
    release.published_by, release.published_at = by, moment
    if before is not None:
        take_step(RELEASE, before.pk, "replace", by=by, duty=None, now=now)
    with speaking_as_system():
        others = [each for each in reads.on_show() if each.pk != release.pk]
        made = site.write(release, [release, *others], reads.withdrawn())
    release.manifest_sha256 = made.manifest_sha256
    release.save(update_fields=["published_by", "published_at", "manifest_sha256"])
    record(by, "portal.publish", release, number=release.number, manifest=made.manifest_sha256)
    transaction.on_commit(partial(site.put_on_show, made))
    return release


def publish_again() -> bool:
    """Write the newest release's pages again, such as after a crash; False where there is none."""
    with speaking_as_system():
        shown = reads.on_show()
        if not shown:
            return False
        site.put_on_show(site.write(shown[0], shown, reads.withdrawn()))
    return True


@transaction.atomic
def withdraw(release: Release, *, reason: str, by: User, now: datetime | None = None) -> Withdrawal:
    """Take the files of a published release away; its address answers 410 with the reason."""
    require(by, Permission.PUBLISH_RELEASES, None)
    if not reason.strip():
        raise Refusal(
            Message(
                "Tulis alasan penarikan; alasan itu tampil di alamat rilis. Belum ada yang "
                "disimpan.",
                "Write why it is withdrawn; the reason stands at the release's address. Nothing "
                "was saved.",
            )
        )
    if release.pk not in {each.pk for each in reads.on_show()}:
        raise Refusal(
            Message(
                f"Rilis {release.number} tidak sedang tampil, jadi tidak dapat ditarik.",
                f"Release {release.number} is not on show, so it cannot be withdrawn.",
            )
        )
    if reads.state_of_release(release) == "published":
        take_step(RELEASE, release.pk, "withdraw", by=by, reason=reason, duty=None, now=now)
    gone = Withdrawal.objects.create(release=release, reason=reason.strip(), by=by)
    with speaking_as_system():
        withdraw_code(release, on=timezone.localdate(now))
    record(by, "portal.withdraw", release, number=release.number)
    transaction.on_commit(partial(_show_without, release))
    return gone


@transaction.atomic
def discard(release: Release, *, reason: str, by: User) -> None:
    """Leave a release that was never published. May refuse."""
    require(by, Permission.PREPARE_RELEASES, None)
    take_step(RELEASE, release.pk, "discard", by=by, reason=reason, duty=None)
    record(by, "portal.discard", release, number=release.number)


def _show_without(release: Release) -> None:
    """After a withdrawal the newest of the others is on show; or nothing is."""
    with speaking_as_system():
        others = reads.on_show()
        if others:
            site.put_on_show(site.write(others[0], others, reads.withdrawn()))
        else:
            site.put_on_show(site.write_nothing(reads.withdrawn()))


def _refuse_unready(wanted: NewRelease, moment: datetime) -> None:
    if wanted.as_of > timezone.localtime(moment).date():
        raise Refusal(
            Message(
                f"Tanggal data {wanted.as_of} belum tiba. Pilih hari ini atau sebelumnya.",
                f"The day {wanted.as_of} is still to come. Choose today or a day before.",
            )
        )
    if ImportBatch.objects.unfinished().exists():
        raise Refusal(
            Message(
                "Ada berkas yang sedang dibaca, jadi angkanya masih berubah. Tunggu sampai "
                "selesai, lalu buat rilis.",
                "A file is being read, so the figures still change. Wait until it is done, then "
                "make the release.",
            )
        )
    corrected = wanted.restates
    if corrected is not None and corrected.as_of != wanted.as_of:
        raise Refusal(
            Message(
                f"Rilis {corrected.number} berisi data per {corrected.as_of}; perbaikannya harus "
                "per tanggal yang sama.",
                f"Release {corrected.number} is of {corrected.as_of}; its correction must be of "
                "the same day.",
            )
        )


def _refuse_own(release: Release, by: User) -> None:
    if release.made_by_id == by.pk:
        raise Refusal(
            Message(
                "Yang membuat rilis tidak menerbitkannya; minta walidata lain. Belum ada yang "
                "diterbitkan.",
                "Who made a release does not publish it; ask another data steward. Nothing was "
                "published.",
            )
        )
