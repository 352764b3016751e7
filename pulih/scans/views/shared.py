"""What the pages of scans show of a page, and what all of them ask."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from pulih.common.errors import Refusal
from pulih.documents.kinds import name_of, page_of
from pulih.people.access import PersonRequest
from pulih.people.permissions import Permission, holds
from pulih.web.words import say

from ..lookups import pages_for
from ..models import ScanPage

TONES = {"attached": "good", "waiting": "warn", "repeated": "info", "set_aside": "info"}


def shown(page: ScanPage) -> dict[str, Any]:
    paper = page.paper
    return {
        "page": page,
        "tone": TONES[page.state],
        "paper": paper,
        "name": name_of(paper.kind) if paper else "",
        "record_url": page_of(paper) if paper else "",
    }


def page_or_404(request: PersonRequest, pk: int) -> ScanPage:
    rows = pages_for(request.user)
    related = ("brought_by", "paper", "decided_by", "province", "regency")
    found: ScanPage = get_object_or_404(rows.select_related(*related), pk=pk)
    return found


def may_bring(request: PersonRequest) -> bool:
    return holds(request.user, Permission.DELIVER_FILES) and request.user.home is not None


def said(refusal: Refusal) -> str:
    return say(refusal.message)
