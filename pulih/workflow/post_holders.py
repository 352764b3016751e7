"""Posts of areas, and who acts for a post today."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from pulih.areas.models import COUNTRY, Area
from pulih.people.models import User, with_reaches
from pulih.people.permissions import ROLES, holds

from .models import Post, PostHolder
from .post_kinds import KINDS


def post_of(key: str, area: Area | None) -> Post:
    """Return the post of an area (None: the country), made when first asked for."""
    assert key in KINDS, key
    found, _ = Post.objects.get_or_create(key=key, area_id=area.pk if area else COUNTRY)
    return found


def holder_of(post: Post, day: date | None = None) -> User | None:
    """Return who holds a post on a day, today if none is given; None while it is vacant."""
    found = PostHolder.objects.on(day or timezone.localdate()).filter(post=post)
    one = found.select_related("person").first()
    return one.person if one else None


def inherited_from(post: Post, day: date | None = None) -> User | None:
    """Return who held a post before the one who holds it on `day`."""
    now = PostHolder.objects.on(day or timezone.localdate()).filter(post=post).first()
    if now is None:
        return None
    before = PostHolder.objects.filter(post=post, since__lt=now.since).exclude(person=now.person)
    last = before.select_related("person").order_by("-since").first()
    return last.person if last else None


def acting_for(post: Post, day: date | None = None) -> list[User]:
    """Return who acts for a post: its holder, or while it is vacant those who stand in for it."""
    if holder := holder_of(post, day):
        return [holder]
    permission = KINDS[post.key].permission
    roles = [role for role, held in ROLES.items() if permission in held and role != "system"]
    reach = Q(reaches__area=post.area_id) & Q(reaches__valid_from__lte=day or timezone.localdate())
    may = User.objects.filter(reach, role__in=roles, is_active=True).distinct().order_by("pk")
    found = with_reaches(may)
    return [one for one in found if one.home is not None and one.home.pk == post.area_id]


def posts_of(person: User, day: date | None = None) -> QuerySet[Post]:
    """Return the posts for which a person acts: those held, and vacant ones of the own area."""
    today = day or timezone.localdate()
    on = PostHolder.objects.on(today).filter(post=OuterRef("pk"))
    held = Exists(on.filter(person=person))
    keys = [key for key, kind in KINDS.items() if holds(person, kind.permission)]
    if person.home is None or not keys:
        return Post.objects.filter(held)
    vacant = Q(key__in=keys, area_id=person.home.pk) & ~Exists(on)
    return Post.objects.filter(Q(held) | vacant)
