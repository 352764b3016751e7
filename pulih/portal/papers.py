"""A release carries a code too: whoever holds one of its files asks whether it was issued here."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.common.periods import WIB
from pulih.documents.actions import add_fingerprints, end, issue
from pulih.documents.codes import new_code, written
from pulih.documents.kinds import PaperKind
from pulih.documents.models import PaperCode, PaperState

from .models import Release
from .standards.writing import PUBLISHER

RELEASE = PaperKind("portal.release", _("Release of public figures"))
FILE = "verify.json"


def write_code(release: Release, folder: Path) -> None:
    """Write `verify.json` with the code, and keep the fingerprints of all files beside it.

    Run after every other writer. A release of the same day that came before is replaced; one that
    is written again keeps its code.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != FILE)
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    paper = _code_of(release) or _issued(release)
    add_fingerprints(paper, hashes)
    address = f"{settings.SITE_ADDRESS}{reverse('documents:code', args=[paper.code])}"
    content = {"code": written(paper.code), "address": address}
    (folder / FILE).write_text(json.dumps(content) + "\n", "utf-8")


def withdraw_code(release: Release, *, on: date) -> None:
    """Say by its code that a release was withdrawn, if it is the one of its day."""
    paper = _code_of(release)
    if paper is not None and paper.state == PaperState.VALID:
        end(RELEASE, paper.subject, PaperState.WITHDRAWN, on=on)


def _code_of(release: Release) -> PaperCode | None:
    return PaperCode.objects.filter(kind=RELEASE.key, number=_number(release)).first()


def _issued(release: Release) -> PaperCode:
    moment = release.published_at or release.known_at
    return issue(
        RELEASE, release.as_of.isoformat(), office=PUBLISHER, number=_number(release),
        dated=timezone.localtime(moment, WIB).date(), province=None, code=new_code(),
    )  # fmt: skip


def _number(release: Release) -> str:
    return f"Rilis {release.number}"
