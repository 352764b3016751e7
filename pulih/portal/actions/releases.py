"""Making a release of public figures: one person counts and checks, another publishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from pulih.audit.actions import record
from pulih.audit.snapshots import one_snapshot
from pulih.budget.actions import sealing as budget
from pulih.budget.models import Seal
from pulih.common.errors import Message, Refusal
from pulih.common.version import VERSION
from pulih.inbox.models import ImportBatch
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.queueing import queue_once, task
from pulih.people.scope import speaking_as_system
from pulih.workflow.actions import start, take_step
from pulih.workflow.actions.steps import NewDuty
from pulih.workflow.post_holders import post_of
from pulih.workflow.post_kinds import PostKind

from .. import checking, counting, keeping, site
from ..models import Release, Scope, Withdrawal
from ..papers import withdraw_code
from ..progress import OnProgress, unheard
from ..reads import late_lists
from ..reads import releases as reads
from ..states import RELEASE
from ..words import words_of

STEWARD = PostKind("steward", Message("walidata", "data steward"), Permission.PUBLISH_RELEASES)


@dataclass(frozen=True)
class NewRelease:
    """restates: the published release of the same day that this one corrects, and why.

    scope: which figures are counted again; the rest is carried over from the release on show.
    """

    as_of: date
    restates: Release | None = None
    reason: str = ""
    scope: str = Scope.REGENCIES
    reason_en: str = ""


@transaction.atomic
def draft(wanted: NewRelease, *, by: User, now: datetime | None = None) -> Release:
    """Begin a release of a day. May refuse: a day to come, an import that runs, a wrong correction.

    now: the moment up to which figures are known; the present for everybody but a scenario.
    """
    require(by, Permission.PREPARE_RELEASES, None)
    moment = now or timezone.now()
    _refuse_unready(wanted, moment)
    _one_at_a_time("portal.number")
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
        restatement_reason_en=wanted.reason_en.strip(),
        scope=wanted.scope,
        carries=None if wanted.scope == Scope.REGENCIES else reads.newest(),
        made_by=by,
    )
    start(RELEASE, release.pk, area=None, by=by, duty=NewDuty(person=by), now=now)
    record(by, "portal.draft", release, number=release.number)
    return release


@transaction.atomic
def protect(
    release: Release,
    *,
    by: User,
    seen: int | None = None,
    now: datetime | None = None,
    on_progress: OnProgress = unheard,
) -> Release:
    """Count the figures of a draft and hide what is small. May refuse, with what is wrong.

    Pulih itself counts, since a steward sees no firm; what it gives back names none.
    """
    require(by, Permission.PREPARE_RELEASES, None)
    take_step(RELEASE, release.pk, "protect", by=by, duty="same", seen=seen, now=now)
    with speaking_as_system():
        reached = late_lists.reached()
        cells, account = counting.count(release, reads.on_show(), on_progress)
        on_progress("keeping", 0, 0)
        keeping.keep(release, cells)
        if (
            late_lists.reached()["file"] != reached["file"]
            or ImportBatch.objects.unfinished().exists()
        ):
            raise Refusal(_FILE_CAME)
    release.measures = counting.meanings(release)
    release.words = words_of(cells, release.as_of, release.known_at)
    release.explanation = {**account, late_lists.COUNTED: reached}
    release.save(update_fields=["measures", "words", "explanation"])
    # PostgreSQL keeps their keys in an order of its own, in which the files are written for good.
    release.refresh_from_db(fields=["measures", "words", "explanation"])
    return release


def check(
    release: Release,
    *,
    by: User,
    seen: int | None = None,
    now: datetime | None = None,
    on_progress: OnProgress = unheard,
) -> Release:
    """Let every check run; one that fails or cannot run blocks. May refuse, naming it."""
    require(by, Permission.PREPARE_RELEASES, None)
    on_progress("checking", 0, 0)
    with speaking_as_system(), one_snapshot():
        failed = [one for one in checking.checks(release) if not one.is_passed]
    if failed:
        raise Refusal(checking.refusal(failed))
    post = NewDuty(post=post_of(STEWARD.key, None))
    with transaction.atomic():
        take_step(RELEASE, release.pk, "check", by=by, duty=post, seen=seen, now=now)
        record(by, "portal.check", release, number=release.number)
    return release


@transaction.atomic
def publish(
    release: Release,
    *,
    by: User,
    seen: int | None = None,
    now: datetime | None = None,
    on_progress: OnProgress = unheard,
    with_pages: bool = True,
) -> Release:
    """Write the files of a checked release and put them on show. May refuse.

    The files lie in a folder of their own until the transaction holds; whatever is cut short
    leaves the old release whole. with_pages: False where the next release follows at once.
    """
    require(by, Permission.PUBLISH_RELEASES, None)
    refuse_own(release, by)
    _one_at_a_time("portal.publish")
    _refuse_uncompared(release)
    before = reads.newest()
    moment = now or timezone.now()
    duty = NewDuty(post=post_of(STEWARD.key, None))
    take_step(RELEASE, release.pk, "publish", by=by, duty=duty, seen=seen, now=now)
    release.published_by, release.published_at = by, moment
    if before is not None:
        take_step(RELEASE, before.pk, "replace", by=by, duty=None, now=now)
    with speaking_as_system():
        others = [each for each in reads.on_show() if each.pk != release.pk]
        shown = [release, *others]
        made = site.write(release, shown, reads.withdrawn(), on_progress, with_pages)
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


def is_site_late() -> bool:
    """Say whether the worker still has to write the site without what was withdrawn."""
    with speaking_as_system():
        shown = reads.on_show()
        return not site.is_of(shown[0].number if shown else "", reads.withdrawn())


def mend_site() -> bool:
    """Write the site again where it is not that of the newest release; True if it was not.

    Between the end of a transaction and the rename of its folder a process can be killed.
    """
    with speaking_as_system():
        if not is_site_late():
            return False
        _show(reads.on_show(), reads.withdrawn())
    return True


@transaction.atomic
def withdraw(
    release: Release, *, reason: str, by: User, reason_en: str = "", now: datetime | None = None
) -> Withdrawal:
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
    gone = Withdrawal.objects.create(
        release=release, reason=reason.strip(), reason_en=reason_en.strip(), by=by,
        at=now or timezone.now(),
    )  # fmt: skip
    with speaking_as_system():
        withdraw_code(release, on=timezone.localdate(now))
    record(by, "portal.withdraw", release, number=release.number)
    for each in reads.on_show():
        if each.carries_id == release.pk:  # The same cells, so the same leak.
            withdraw(each, reason=reason, reason_en=reason_en, by=by, now=now)
    transaction.on_commit(_take_away)
    _queue_mending()
    return gone


def _take_away() -> None:
    """What leaks goes at once; the pages without it are written by the worker."""
    with speaking_as_system():
        left = reads.on_show()
        site.take_away(reads.withdrawn(), left[0].number if left else "")


def _queue_mending() -> None:
    job = task("portal.mend_site").configure(
        queueing_lock="portal.mend_site", lock="portal-releases"
    )
    queue_once(job, timestamp=0)


@transaction.atomic
def discard(release: Release, *, reason: str, by: User) -> None:
    """Leave a release that was never published. May refuse."""
    require(by, Permission.PREPARE_RELEASES, None)
    take_step(RELEASE, release.pk, "discard", by=by, reason=reason, duty=None)
    record(by, "portal.discard", release, number=release.number)


def _show(shown: Sequence[Release], withdrawn: Sequence[Withdrawal]) -> None:
    """The newest of the releases is on show; or nothing is."""
    if shown:
        site.put_on_show(site.write(shown[0], shown, withdrawn))
    else:
        site.put_on_show(site.write_nothing(withdrawn))


def _one_at_a_time(what: str) -> None:
    """Wait for whoever does the same, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [what])


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


def _refuse_uncompared(release: Release) -> None:
    """Two that were counted side by side could together tell what each of them hides."""
    compared = release.explanation.get(counting.COMPARED, [])
    for other in reads.on_show():
        if other.scope != Scope.MONEY and other.number not in compared:
            raise Refusal(
                Message(
                    f"Rilis {other.number} terbit setelah rilis ini dihitung, jadi keduanya belum "
                    "dibandingkan. Buang rilis ini dan buat lagi.",
                    f"Release {other.number} was published after this one was counted, so the two "
                    "were not compared. Discard this one and make it again.",
                )
            )


def refuse_own(release: Release, by: User) -> None:
    if release.made_by_id == by.pk and release.scope != Scope.MONEY:
        raise Refusal(
            Message(
                "Yang membuat rilis tidak menerbitkannya; minta walidata lain. Belum ada yang "
                "diterbitkan.",
                "Who made a release does not publish it; ask another data steward. Nothing was "
                "published.",
            )
        )


_FILE_CAME = Message(
    "Sebuah berkas masuk sementara angka dihitung, jadi angkanya tidak dari satu saat. Tunggu "
    "sampai berkas selesai dibaca, lalu hitung lagi.",
    "A file came in while the figures were counted, so they are not of one moment. Wait until it "
    "is read, then count again.",
)
