"""Where people are signed in, and how that is ended: by themselves and by administrators."""

import re
import time
from collections import OrderedDict
from contextlib import suppress
from datetime import timedelta
from ipaddress import ip_address, ip_network
from threading import Lock
from typing import Any

import psycopg
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from pulih.audit.actions import record

from .models import SignIn, User
from .permissions import Permission, holds
from .sessions import ABOUT, hash_of

SEEN_EVERY = timedelta(minutes=5)
# Nobody waits for it: a row that another request holds is written down next time.
SEEN = """
    UPDATE people_signin SET seen_at = now() WHERE session_key = (
        SELECT session_key FROM people_signin WHERE session_key = %s FOR UPDATE SKIP LOCKED)
"""
MOST_REMEMBERED = 10_000
# The first that is found names it: one browser's name stands in the words of another.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR|Opera", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X|Macintosh", "macOS"),
    ("Linux|X11", "Linux"),
)
_seen: OrderedDict[str, float] = OrderedDict()
_lock = Lock()


def describe(request: HttpRequest) -> None:
    """Write down in the session that begins from which device and network it came."""
    request.session[ABOUT] = {
        "begun": timezone.now().isoformat(),
        "device": device_of(request.headers.get("User-Agent", "")),
        "network": network_of(request.META.get("REMOTE_ADDR", "")),
    }


def device_of(words: str) -> str:
    """Name browser and system, such as `Firefox, Windows`; blank where neither is known."""
    found = (
        next((name for sign, name in signs if re.search(sign, words)), "")
        for signs in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, found))


def network_of(address: str) -> str:
    """Name the network of an address: enough to know one's own, too little for one machine."""
    try:
        width = 24 if ip_address(address).version == 4 else 48
    except ValueError:
        return ""
    return str(ip_network(f"{address}/{width}", strict=False))


def of_person(person: User) -> QuerySet[SignIn]:
    """Return where a person is signed in now, the latest seen first."""
    alive = SignIn.objects.filter(user=person, expire_date__gt=timezone.now())
    return alive.order_by("-seen_at", "session_key")


def touch(session: Any) -> None:
    """Write down that a session was just used, at most once in five minutes.

    For after the answer: what a page says is read before anything is written.
    """
    if session.session_key is None or not _is_due(known := hash_of(session.session_key)):
        return
    if not connection.needs_rollback:
        # A database that is gone by now spoils no answer; and this is no query of a page.
        with suppress(OperationalError, psycopg.OperationalError):
            connection.ensure_connection()
            connection.connection.execute(SEEN, [known])


def _is_due(known: str) -> bool:
    now = time.monotonic()
    with _lock:
        is_due = now - _seen.get(known, -SEEN_EVERY.total_seconds()) >= SEEN_EVERY.total_seconds()
        if is_due:
            _seen[known] = now
            _seen.move_to_end(known)
        while len(_seen) > MOST_REMEMBERED:
            _seen.popitem(last=False)
    return is_due


@transaction.atomic
def end(person: User, keys: list[str], *, by: User) -> int:
    """End these of a person's sign-ins at once; return how many were still there.

    keys: as `SignIn.pk` has them; those of others are left alone.
    """
    if person.pk != by.pk and not holds(by, Permission.MANAGE_PEOPLE):
        raise PermissionDenied
    count, _by_model = of_person(person).filter(pk__in=keys).delete()
    if count:
        record(by, "people.end_sign_in", person, count=count)
    return count


def forget_others(person: User, session_key: str | None) -> None:
    """Drop what a new password has made worthless; session_key: of the browser that set it."""
    SignIn.objects.filter(user=person).exclude(pk=hash_of(session_key or "")).delete()


def clear_expired() -> int:
    """Forget sign-ins that are over, with their device and network."""
    count, _by_model = SignIn.objects.filter(expire_date__lt=timezone.now()).delete()
    return count
