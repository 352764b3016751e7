"""The site of documents under /help/, and which of its pages explains the page that is open.

`make docs` builds it from docs/ into settings.HELP_ROOT. Without it no page links there.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from collections.abc import Callable
from pathlib import Path

from csp.decorators import csp_update
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

# A page, or else its room, and the documents that explain it: Indonesian (panduan), English.
EXPLAINED: dict[str, tuple[str, str]] = {
    "inbox": ("panduan/mengirim_daftar", "how_to/deliver_a_list"),
    "registry": ("panduan/meninjau_kembar", "how_to/review_doubles"),
    "impact": ("explanation/severity", "explanation/severity"),
    "proposals": ("panduan/mengusulkan_kegiatan", "how_to/propose_and_answer"),
    "market": ("panduan/mencocokkan_kebutuhan", "how_to/match_needs_with_makers"),
    "measures": ("panduan/menyusun_skenario", "how_to/refocus_after_a_cut"),
    "budget": ("panduan/membaca_anggaran", "explanation/ledger"),
    "revisions": ("panduan/membaca_anggaran", "explanation/ledger"),
    "revisions:list": ("panduan/mengusulkan_revisi", "how_to/revise_a_budget"),
    "revisions:revision": ("panduan/mengusulkan_revisi", "how_to/revise_a_budget"),
    "revisions:new": ("panduan/mengusulkan_revisi", "how_to/revise_a_budget"),
    "treasury": ("panduan/membaca_anggaran", "explanation/ledger"),
    "treasury:list": ("panduan/mengirim_daftar_sp2d", "how_to/send_an_sp2d_list"),
    "treasury:requests": ("panduan/membayar_spp", "how_to/pay_a_request"),
    "treasury:request": ("panduan/membayar_spp", "how_to/pay_a_request"),
    **dict.fromkeys(
        (
            "treasury:taxes",
            "treasury:tax",
            "treasury:state-taxes",
            "treasury:books",
            "treasury:book",
        ),
        ("panduan/membayar_spp", "how_to/pay_a_request"),
    ),
    "treasury:reconciliation": ("panduan/mengirim_daftar_sp2d", "how_to/send_an_sp2d_list"),
    "planning": ("panduan/menyusun_skenario", "how_to/refocus_after_a_cut"),
    "delivery:new-honoraria": ("panduan/menjalankan_kegiatan", "how_to/pay_who_taught"),
    "delivery:honoraria": ("panduan/menjalankan_kegiatan", "how_to/pay_who_taught"),
    "delivery:teachings": ("panduan/menjalankan_kegiatan", "how_to/pay_who_taught"),
    "delivery": ("panduan/menjalankan_kegiatan", "panduan/menjalankan_kegiatan"),
    "sampling": ("panduan/menguji_petik", "how_to/check_by_sample"),
    "grants": (
        "panduan/mengeluarkan_barang_dengan_hibah",
        "panduan/mengeluarkan_barang_dengan_hibah",
    ),
    "privacy": ("explanation/personal_data", "explanation/personal_data"),
    "scans": ("panduan/mengirim_dokumen_bertanda_tangan", "how_to/bring_signed_papers"),
    "documents": ("how_to/verify_a_paper", "how_to/verify_a_paper"),
    "portal:releases": ("how_to/publish_a_release", "how_to/publish_a_release"),
    "portal:release": ("how_to/publish_a_release", "how_to/publish_a_release"),
    "portal:new-release": ("how_to/publish_a_release", "how_to/publish_a_release"),
    **dict.fromkeys(
        ("administration:record", "administration:jobs", "administration:job"),
        ("how_to/run_as_a_service", "how_to/run_as_a_service"),
    ),
    "monitoring": ("panduan/mengisi_formulir_a_b_c", "how_to/file_form_c"),
}
_INLINE = re.compile(rb"<script>(.+?)</script>", re.DOTALL)


def address_of(request: HttpRequest) -> str:
    """Return the address of the document about the open page, of the site's start, or ""."""
    if not (Path(settings.HELP_ROOT) / "index.html").exists():
        return ""
    match = request.resolver_match
    names = (match.view_name, match.namespace) if match else ()
    pair = next((EXPLAINED[name] for name in names if name in EXPLAINED), None)
    in_english = getattr(request, "LANGUAGE_CODE", "id") == "en"
    return f"/help/{pair[in_english]}/" if pair else "/help/"


def document(request: HttpRequest, page: str) -> HttpResponseBase:
    """Answer with one file of the site; 404 outside of it."""
    root = Path(settings.HELP_ROOT).resolve()
    path = (root / page).resolve()
    if path.is_dir():
        path /= "index.html"
    if not path.is_relative_to(root) or not path.is_file():
        raise Http404
    if path.suffix != ".html":
        return FileResponse(path.open("rb"), content_type=mimetypes.guess_type(path.name)[0])
    return _page(path)(request)


def _page(path: Path) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return a view of a page whose policy names the scripts that stand within that page."""
    content = path.read_bytes()
    allow = csp_update({"script-src": ["'self'", *_hashes(content)]})
    return allow(lambda _request: HttpResponse(content))


def _hashes(content: bytes) -> list[str]:
    digests = (hashlib.sha256(script).digest() for script in _INLINE.findall(content))
    return [f"'sha256-{base64.b64encode(each).decode()}'" for each in digests]
