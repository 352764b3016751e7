"""Waiting after wrong passwords: longer each time, for a name at an address of the network.

Nobody locks anybody out: what a stranger tries at another address makes nobody else wait, and a
browser from which a person has signed in before is counted apart, so that not even a neighbour
behind the same address holds that person up.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.core import signing
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from pulih.common.errors import Message
from pulih.people.models import User

FREE_TRIES = 3
LONGEST_SECONDS = 15 * 60
FORGOTTEN = timedelta(days=1)
COOKIE, SALT = "pulih_device", "pulih.device"
COOKIE_DAYS = 180
MOST_PEOPLE = 5  # Who share a browser.
_NAME = "_tried_name"


def seconds_after(failures: int) -> int:
    """Return how long to wait after so many wrong tries: nothing, then 1, 2, 4, 8 … seconds."""
    return (
        min(LONGEST_SECONDS, 2 ** min(failures - FREE_TRIES, 30)) if failures >= FREE_TRIES else 0
    )


def seconds_left(request: HttpRequest, name: str) -> int:
    """Return for how many seconds more nobody is asked for a password of this name from here."""
    key = counted_name(request, name)
    tries = AccessAttempt.objects.filter(username=key, attempt_time__gt=timezone.now() - FORGOTTEN)
    if not is_known(request, name):
        tries = tries.filter(ip_address=request.META.get("REMOTE_ADDR"))
    found = tries.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    if found["last"] is None:
        return 0
    until: datetime = found["last"] + timedelta(seconds=seconds_after(found["failures"]))
    # A clock that was put back must not make anybody wait longer than the longest wait.
    left = ceil((until - timezone.now()).total_seconds())
    return max(0, min(LONGEST_SECONDS, left))


def counted_name(request: HttpRequest, name: str) -> str:
    """Return under what failures count: the name, and the browser where it has proved itself.

    A keyed hash of them: a password or a NIK that is typed for a name must not lie in a table.
    """
    named = f"{name}#{_known_device(request, name)}" if is_known(request, name) else name
    return hash_of_name(named)


def hash_of_name(named: str) -> str:
    return salted_hmac("pulih.tried", named, algorithm="sha256").hexdigest()


def is_known(request: HttpRequest, name: str) -> bool:
    return bool(_known_device(request, name))


def _known_device(request: HttpRequest, name: str) -> str:
    known: dict[str, str] = request.__dict__.setdefault(_NAME, {})
    if name not in known:
        known[name] = _device_of(request, name)
    return known[name]


def remember(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """Let the browser prove later that this person has signed in from it."""
    said = _read(request)
    people = {key: mark for key, mark in said["people"].items() if key != str(person.pk)}
    kept = dict(list(people.items())[1 - MOST_PEOPLE :]) | {str(person.pk): _mark(person)}
    response.set_cookie(
        COOKIE,
        signing.dumps({"device": said["device"], "people": kept}, salt=SALT),
        max_age=COOKIE_DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _device_of(request: HttpRequest, name: str) -> str:
    """Return the number of a browser from which the named person has signed in, else nothing."""
    said = _read(request)
    if not said["people"]:
        return ""
    named = User.objects.filter(username__iexact=name) | User.objects.filter(email__iexact=name)
    for person in named[:MOST_PEOPLE]:
        if constant_time_compare(said["people"].get(str(person.pk), ""), _mark(person)):
            return str(said["device"])
    return ""


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        said: dict[str, Any] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=timedelta(days=COOKIE_DAYS)
        )
    except signing.BadSignature:
        return {"device": get_random_string(12), "people": {}}
    return said


def _mark(person: User) -> str:
    """Return what a new password makes worthless, as it ends sessions."""
    return salted_hmac(SALT, f"{person.pk} {person.password}").hexdigest()[:24]


def wait(seconds: int) -> Message:
    if seconds < 90:
        return Message(
            id=f"Terlalu banyak kata sandi yang salah. Tunggu {seconds} detik, lalu coba lagi.",
            en=f"Too many wrong passwords. Wait {seconds} seconds, then try again.",
        )
    minutes = -(-seconds // 60)
    return Message(
        id=f"Terlalu banyak kata sandi yang salah. Tunggu {minutes} menit, lalu coba lagi.",
        en=f"Too many wrong passwords. Wait {minutes} minutes, then try again.",
    )
