"""What the machines that watch Pulih may ask: is it well, and how fast does it answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from secrets import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

from pulih.common import disk
from pulih.common.version import VERSION
from pulih.config import background
from pulih.config.archive import Archive

ANSWERS = Counter("pulih_answers", "Answers by page and status", ["page", "status"])
SECONDS = Histogram("pulih_answer_seconds", "Seconds to the first byte", ["page"])
JOBS = Gauge("pulih_jobs", "Background jobs by state", ["state"])
WORKERS = Gauge("pulih_workers", "Workers that gave a sign of life within a minute")
OLDEST = Gauge("pulih_oldest_job_seconds", "How long the first job of a queue waits", ["queue"])
LOOPBACK = ("127.0.0.1", "::1", "")  # Empty: the web server listens on a socket file.


class Measure:
    """Count and time every answer under the name of its page, never under its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        page = match.view_name if match and match.view_name else "none"
        ANSWERS.labels(page, response.status_code).inc()
        SECONDS.labels(page).observe(time.perf_counter() - begun)
        return response


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when all is well, else 503 with what is not: database, jobs, disk, archive."""
    try:
        waiting, alive = background.queues(), background.workers_alive()
    except Error:
        return _said({"database": "unreachable"}, status=503)
    is_late, is_full = background.is_late(waiting, alive), disk.is_full(settings.MEDIA_ROOT)
    is_behind = bool(settings.ARCHIVE) and Archive(Path(settings.ARCHIVE)).is_late()
    said = {
        "database": "ok",
        "background": "late" if is_late else "ok",
        "disk": "full" if is_full else "ok",
        **({"archive": "late" if is_behind else "ok"} if settings.ARCHIVE else {}),
        "queues": {each.name: round(each.oldest_seconds) for each in waiting},
        "version": VERSION,
    }
    return _said(said, status=503 if is_late or is_full or is_behind else 200)


def _said(what: Mapping[str, object], status: int) -> JsonResponse:
    response = JsonResponse(what, status=status)
    response._has_been_logged = True  # type: ignore[attr-defined]  # Who asks so often knows it.
    return response


@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """Give Prometheus its text, to the machine itself or to who holds the token."""
    if not _may_read(request):
        raise Http404
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1")
        for state, count in cursor.fetchall():
            JOBS.labels(state).set(count)
    WORKERS.set(background.workers_alive())
    OLDEST.clear()
    for queue in background.queues():
        OLDEST.labels(queue.name).set(queue.oldest_seconds)
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    # A proxy on this machine would make every stranger look local.
    is_forwarded = "X-Forwarded-For" in request.headers or "X-Forwarded-Proto" in request.headers
    return request.META.get("REMOTE_ADDR", "") in LOOPBACK and not is_forwarded
