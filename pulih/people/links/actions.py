"""What people and links do with access links: give, end, and write down each use."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.areas.models import Area, AreaClosure, Level, valid_on
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import require

from . import address
from .models import LONGEST_HOLDER, LONGEST_REASON, MOST_SUBJECTS, Link, LinkUse
from .purposes import LinkPurpose, find


@transaction.atomic
def give(
    purpose: LinkPurpose,
    *,
    holder: str,
    subjects: Collection[int],
    area: Area | None,
    valid_from: datetime,
    valid_to: datetime,
    by: User,
    now: datetime,
    secret: str = "",
) -> tuple[Link, str]:
    """Make a link for one person or party; return it with its address, which is kept nowhere.

    subjects: the keys of the rows that it opens, of the kind that its purpose means. area: whose
    officers see the link; None for the country's. Opens from `valid_from` until before `valid_to`.
    secret: an address made before, so that a form that is sent twice gets one link. May refuse.
    """
    require(by, purpose.permission, area)
    _refuse_wrong_holder(holder, subjects)
    _refuse_wrong_days(purpose, valid_from, valid_to, now)
    secret = secret or address.new_address()
    link = Link.objects.create(
        purpose=purpose.key,
        holder=holder.strip(),
        subjects=sorted(set(subjects)),
        digest=address.digest_of(address.key_of(secret)),
        valid_from=valid_from,
        valid_to=valid_to,
        given_by=by,
        **_places(area, timezone.localdate(now)),
    )
    record(by, "people.give_link", link, purpose=purpose.key, until=valid_to.isoformat())
    return link, secret


@transaction.atomic
def revoke(link: Link, *, reason: str, by: User, now: datetime) -> Link:
    """End a link at once and for good. May refuse."""
    purpose = find(link.purpose)
    if purpose is None:
        raise PermissionDenied
    require(by, purpose.permission, link.area)
    link = Link.objects.select_for_update().get(pk=link.pk)
    if link.revoked_at is not None:
        raise Refusal(_("This link has been ended before. Give a new one if it is needed again."))
    if not reason.strip():
        raise Refusal(_("Say why the link ends; the reason is kept with it."))
    link.revoked_at, link.revoked_by = now, by
    link.revoke_reason = reason.strip()[:LONGEST_REASON]
    link.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    record(by, "people.revoke_link", link, purpose=link.purpose)
    return link


def write_down(link: Link, kind: LinkUse.Kind, device: str) -> LinkUse:
    """Add one use to the record; the connection must speak by this link."""
    return LinkUse.objects.create(link=link, kind=kind, device=device)


def require_link(link: Link, purpose: LinkPurpose, subject_id: int) -> None:
    """Raise PermissionDenied unless `link` is for `purpose` and this row: for actions by link."""
    if link.purpose != purpose.key or subject_id not in link.subjects:
        raise PermissionDenied(f"link {link.pk} may not {purpose.key} {subject_id}")


def _refuse_wrong_holder(holder: str, subjects: Collection[int]) -> None:
    name = holder.strip()
    if not name or len(name) > LONGEST_HOLDER:
        raise Refusal(
            _("A link is for one person or party. Write the name, at most %(n)d letters.")
            % {"n": LONGEST_HOLDER}
        )
    if not 0 < len(set(subjects)) <= MOST_SUBJECTS:
        raise Refusal(_("A link opens 1 to %(n)d records. Choose them.") % {"n": MOST_SUBJECTS})


def _refuse_wrong_days(
    purpose: LinkPurpose, valid_from: datetime, valid_to: datetime, now: datetime
) -> None:
    if valid_to <= max(valid_from, now):
        raise Refusal(_("The link would end before it opens, or has ended. Choose a later end."))
    if valid_to - valid_from > timedelta(days=purpose.longest_days):
        raise Refusal(
            ngettext(
                "Such a link lasts at most %(n)d day. Choose an earlier end.",
                "Such a link lasts at most %(n)d days. Choose an earlier end.",
                purpose.longest_days,
            )
            % {"n": purpose.longest_days}
        )


def _places(area: Area | None, day: date) -> dict[str, int | None]:
    if area is None or area.level == Level.COUNTRY:
        return {"province_id": None, "regency_id": None}
    if area.level == Level.PROVINCE:
        return {"province_id": area.pk, "regency_id": None}
    above = AreaClosure.objects.filter(valid_on(day), descendant=area, ancestor__level="province")
    return {"province_id": above.get().ancestor_id, "regency_id": area.pk}
