"""Saying who holds a post, and until when."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.common.periods import day as written
from pulih.people.models import User
from pulih.people.permissions import Permission, holds, may

from ..models import Post, PostHolder
from ..post_kinds import KINDS


@transaction.atomic
def appoint(
    post: Post, person: User, *, since: date, by: User, until: date | None = None
) -> PostHolder:
    """Give a post to a person from `since` until before `until`. May refuse.

    Who holds the post then without an end hands it over on that day: the successor inherits its
    duties. Refused: a person whose role or reach does not allow what the post does, and days on
    which somebody else holds it.
    """
    _require_administrator(by)
    if until is not None and until <= since:
        raise Refusal(
            Message(
                "Masa jabatan berakhir sebelum mulai. Periksa kedua tanggalnya.",
                "The term ends before it begins. Check both days.",
            )
        )
    kind = KINDS[post.key]
    if not may(person, kind.permission, post.area):
        raise Refusal(
            Message(
                f"{person.name} tidak berwenang sebagai {kind.label.id} di {post.area.name}: peran "
                "atau wilayah kerjanya lain. Pilih orang lain. Belum ada yang disimpan.",
                f"{person.name} may not act as {kind.label.en} in {post.area.name}: the role or "
                "the area is another. Choose somebody else. Nothing was saved.",
            )
        )
    Post.objects.select_for_update().get(pk=post.pk)  # One appointment of a post at a time.
    open_ = PostHolder.objects.filter(post=post, until=None, since__lt=since)
    open_.update(until=since)
    try:
        with transaction.atomic():
            held = PostHolder.objects.create(post=post, person=person, since=since, until=until)
    except IntegrityError:
        raise Refusal(_taken(post, since, until)) from None
    record(by, "workflow.appoint", held, post=post.pk, person=person.pk)
    return held


@transaction.atomic
def end_holding(held: PostHolder, *, until: date, by: User) -> None:
    """Let a person hold a post no longer than until before `until`. May refuse."""
    _require_administrator(by)
    held = PostHolder.objects.select_for_update().get(pk=held.pk)
    if until <= held.since or (held.until is not None and until > held.until):
        raise Refusal(_ends_wrongly(held))
    held.until = until
    held.save(update_fields=["until"])
    record(by, "workflow.end_holding", held)


def _taken(post: Post, since: date, until: date | None) -> Message:
    others = PostHolder.objects.filter(post=post).select_related("person").order_by("since")
    other = next(
        one
        for one in others
        if (until is None or one.since < until) and (one.until is None or one.until > since)
    )
    return Message(
        f"{other.person.name} memegang jabatan ini sejak {written(other.since)}. Akhiri dahulu, "
        "atau pilih tanggal lain. Belum ada yang disimpan.",
        f"{other.person.name} holds this post from {written(other.since, 'en')}. End that first, "
        "or choose other days. Nothing was saved.",
    )


def _ends_wrongly(held: PostHolder) -> Message:
    last_id = f" dan paling lambat {written(held.until)}" if held.until else ""
    last_en = f" and no later than {written(held.until, 'en')}" if held.until else ""
    return Message(
        f"Tanggal akhir harus setelah {written(held.since)}{last_id}.",
        f"The last day must be after {written(held.since, 'en')}{last_en}.",
    )


def _require_administrator(by: User) -> None:
    # Administrators see no area of their own; their right counts everywhere.
    if not holds(by, Permission.MANAGE_PEOPLE):
        raise PermissionDenied
