"""The page on which attendance is taken, with a network or without; by an officer or by a link.

The page itself holds no names, so that the phone may keep it; they come apart and go with the link.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe
from pydantic import ValidationError

from pulih.people.access import PersonRequest, permission_required
from pulih.people.links.access import LinkRequest, by_link
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.web.assets import scan_files

from .. import lookups
from ..actions import attendance as actions
from ..actions import photos
from ..acts import LARGEST_PHOTO, ActsIn, PhotosIn, SentIn, Verdict
from ..clock import now
from ..models import Cohort
from ..purposes import ATTENDANCE
from ..reads.field import field_list

SHARED = (
    "delivery/field.css", "delivery/field_line.js", "delivery/field_store.js", "web/icon.svg",
)  # fmt: skip
ASSETS = (
    *SHARED, "delivery/field.js", "delivery/field_count.js", "delivery/field_give.js",
    "delivery/field_pad.js", "delivery/field_photo.js", "delivery/field_scan.js",
)  # fmt: skip
Sent = TypeVar("Sent", bound=SentIn)
LARGEST_BODY = 300_000  # 500 presses are some 150 kB.


@require_safe
@permission_required(Permission.RUN_ACTIVITIES)
@ensure_csrf_cookie
def show_field(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Open the page for an officer."""
    lookups.cohort_of(request.user, pk)
    return _open(request, "field-list", "field-marks", "field-photos", pk)


@require_safe
@permission_required(Permission.RUN_ACTIVITIES)
def show_field_list(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer names, sessions and marks of a class."""
    cohort = lookups.cohort_of(request.user, pk)
    return private(JsonResponse(field_list(cohort, now(request), None)))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def take_marks(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take what a phone sends."""
    return _take(request, lookups.cohort_of(request.user, pk), request.user)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def take_photos(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take a photo that a phone sends."""
    return _take_photos(request, lookups.cohort_of(request.user, pk), request.user)


@by_link(ATTENDANCE)
@require_safe
@ensure_csrf_cookie
def show_field_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Open the page for the holder of a link."""
    return _open(
        request, "field-list-by-link", "field-marks-by-link", "field-photos-by-link", link.pk
    )


@by_link(ATTENDANCE)
@require_safe
def show_field_list_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Answer names, sessions and marks of the link's class."""
    return private(JsonResponse(field_list(_cohort(link), now(request), link)))


@by_link(ATTENDANCE)
@require_POST
def take_marks_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Take what a phone sends by its link."""
    return _take(request, _cohort(link), link)


@by_link(ATTENDANCE)
@require_POST
def take_photos_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Take a photo that a phone sends by its link."""
    return _take_photos(request, _cohort(link), link)


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponseBase:
    """Answer the script that keeps the pages on the phone."""
    return worker_of(request, "delivery", [*ASSETS, *scan_files()])


@login_not_required
@require_safe
def manifest(_request: HttpRequest) -> HttpResponseBase:
    """Answer what a phone needs to install the page."""
    return JsonResponse(
        {
            "name": _("Pulih attendance"),
            "short_name": _("Attendance"),
            "display": "standalone",
            "background_color": "#f6f7f9",
            "theme_color": "#2b478f",
            "icons": [{"src": static("web/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )


def worker_of(request: HttpRequest, room: str, assets: Sequence[str]) -> HttpResponseBase:
    """Answer the script that keeps a room's pages on the phone; it changes with what it keeps."""
    files = [static(name) for name in assets]
    context = {"room": room, "version": _version(room), "files": files}
    return render(request, "delivery/field_worker.js", context, "text/javascript")


def reversed_to(room: str, names: str, acts: str, key: int) -> dict[str, str]:
    """Return the addresses at which a page reads and sends, and of its worker."""
    return {
        "list": reverse(f"{room}:{names}", args=[key]),
        "marks": reverse(f"{room}:{acts}", args=[key]),
        "worker": reverse(f"{room}:field-worker"),
    }


def open_page(
    request: Any, template: str, said: dict[str, str], addresses: dict[str, str]
) -> HttpResponse:
    """Answer a page that works without a network. addresses: as `reversed_to` gives them."""
    scripts = {
        "store": static("delivery/field_store.js"),
        "line": static("delivery/field_line.js"),
        "pad": static("delivery/field_pad.js"),
        "photo": static("delivery/field_photo.js"),
    }
    context = {"addresses": addresses | scripts, "words": said | line_words()}
    return render(request, template, context)


def take(
    request: HttpRequest, kind: type[Sent], largest: int, act: Callable[[Sent], list[Verdict]]
) -> HttpResponseBase:
    """Answer what a phone sent with a verdict for each act; 422 and a sentence for nonsense."""
    # Of anything else the body may be read away already: fields of a form were asked for.
    body = request.body if request.content_type == "application/json" else b""
    if len(body) > largest:
        return JsonResponse({"sentence": _("This is more than fits into one sending.")}, status=422)
    try:
        sent = kind.model_validate_json(body)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))
        sentence = _("What the phone sent cannot be read: %(place)s.") % {"place": place or "JSON"}
        return JsonResponse({"sentence": sentence}, status=422)
    return private(JsonResponse({"verdicts": [one.as_json() for one in act(sent)]}))


def _open(request: Any, names: str, acts: str, sent_photos: str, key: int) -> HttpResponse:
    """Open the page of attendance, which alone scans the cards of participants."""
    decoder = next(map(static, scan_files()), "")
    more = {
        "scan": static("delivery/field_scan.js"),
        "decoder": decoder,
        "photos": reverse(f"delivery:{sent_photos}", args=[key]),
    }
    addresses = reversed_to("delivery", names, acts, key) | more
    return open_page(request, "delivery/field.html", words(), addresses)


def _take(request: HttpRequest, cohort: Cohort, by: User | Link) -> HttpResponseBase:
    act = partial(actions.take, cohort, by=by, now=now(request))
    return take(request, ActsIn, LARGEST_BODY, act)


def _take_photos(request: HttpRequest, cohort: Cohort, by: User | Link) -> HttpResponseBase:
    act = partial(photos.take, cohort, by=by, now=now(request))
    return take(request, PhotosIn, LARGEST_PHOTO + 2_000, act)


def _cohort(link: Link) -> Cohort:
    rows = Cohort.objects.select_related("activity")
    found: Cohort = get_object_or_404(rows, pk=link.subjects[0])
    return found


def private(answer: HttpResponse) -> HttpResponse:
    """Let nobody on the way keep an answer that holds names."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


@cache
def _version(room: str) -> str:
    rooms = Path(__file__).parents[2]
    kept = [
        path
        for name in sorted({"delivery", room})
        for path in (
            *sorted((rooms / name / "static" / name).iterdir()),
            *sorted((rooms / name / "templates" / name).glob("field*")),
        )
    ]
    return hashlib.sha256(b"".join(path.read_bytes() for path in kept)).hexdigest()[:12]


def words() -> dict[str, str]:
    """Return what the script of attendance says, in the language of the request."""
    return {
        "present": _("Present"),
        "absent": _("Absent"),
        "ill": _("Ill"),
        "excused": _("Excused"),
        "unknown": _("No word"),
        "unrecorded": _("not recorded; that does not mean absent"),
        "waiting": _("waiting for the network"),
        "taken": _("received by the server"),
        "elsewhere": _("marked on another device"),
        "differs": _("two devices differ: the office decides"),
        "refused": _("refused"),
        "mispressed": _("Pressed by mistake"),
        "came_late": _("Came later"),
        "went_early": _("Left early"),
        "why": _("Why does this change?"),
        "scan": _("Scan cards"),
        "stop": _("Stop scanning"),
        "no_camera": _("The camera cannot be used here. Mark by the list."),
        "no_photo": _("This picture cannot be used. Take another."),
        "photos": _("%(n)s with the server, %(waiting)s waiting on this phone"),
        "no_card": _("This card is of nobody in this class."),
    }


def line_words() -> dict[str, str]:
    """Return what every page of the field says of its network, clock and room."""
    return {
        "offline": _("No network since %(time)s"),
        "offline_more": _("Kept on this phone; sends by itself."),
        "sending": _("Sending %(n)s"),
        "sent": _("All is with the server"),
        "sign_in": _(
            "The server asks you to open the link or sign in again. What waits stays here."
        ),
        "over": _("This link has ended. The names were removed from this phone."),
        "over_waiting": _("%(n)s marks could not be sent before the end. Tell the office."),
        "full": _(
            "The phone is full: this press could not be kept. Free some space, then press again."
        ),
        "slow": _("%(n)s minutes slow; both clocks are kept"),
        "fast": _("%(n)s minutes fast; both clocks are kept"),
        "right": _("right"),
        "room": _("%(n)s MB left"),
    }
