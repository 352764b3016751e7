"""Two releases of 2020: what the public could have read in June and in July."""

from collections.abc import Callable
from datetime import date, datetime

from pulih.common.periods import WIB
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.portal import actions
from pulih.portal.models import Release

MAKER, PUBLISHER = "walidata", "walidata_kedua"
RELEASES = (
    (date(2020, 6, 15), datetime(2020, 6, 16, 9, tzinfo=WIB)),
    (date(2020, 7, 15), datetime(2020, 7, 16, 9, tzinfo=WIB)),
)


def publish(said: Callable[[int, int], None]) -> None:
    """Publish each release, in the names of two data stewards; one that is there is passed."""
    maker = User.objects.get(username=MAKER)
    publisher = User.objects.get(username=PUBLISHER)
    for done, (as_of, known_at) in enumerate(RELEASES):
        said(done, len(RELEASES))
        if not Release.objects.filter(as_of=as_of, published_at__isnull=False).exists():
            _publish(as_of, known_at, maker, publisher)
    said(len(RELEASES), len(RELEASES))


def _publish(as_of: date, known_at: datetime, maker: User, publisher: User) -> None:
    with speaking_for(maker):
        release = actions.draft(actions.NewRelease(as_of), by=maker, now=known_at)
        actions.protect(release, by=maker, now=known_at)
        actions.check(release, by=maker, now=known_at)
    with speaking_for(publisher):
        actions.publish(release, by=publisher, now=known_at)
