"""`/api/open/v1/`: the cells of published releases by filter, read from the published files alone.

No session, no database, no key. Pages go on from the last cell of the page before.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from pulih.common.version import VERSION
from pulih.web import throttle

from .index import FOR_EVER, FOR_NOW, Index, index_on_show
from .models import Marker
from .tables import COLUMNS

FILTERS = ("dataset", "measure", "period", "area", "area_level", "dimension", "category", "marker")
ASKED = {*FILTERS, "release", "after", "limit", "format"}
MOST, USUAL = 5_000, 1_000
AN_ADDRESS = 120  # Requests of one address in a minute.


@login_not_required
@require_safe
def cells(request: HttpRequest) -> HttpResponseBase:
    """Cells by filter, in the order of their names. 404, 422 and 429 say what is wrong."""
    if _is_too_many(request):
        headers = {"Retry-After": str(throttle.WINDOW_SECONDS)}
        return _refused(429, "Too many requests; try again in a minute.", headers)
    index = index_on_show()
    if index is None:
        return _refused(404, "No release is published.")
    if wrong := _wrong(request):
        return _refused(422, wrong)
    release = request.GET.get("release", "latest")
    file = index.found(_address(release))
    if not file:
        gone = index.reason(_address(release))
        return _refused(410 if gone else 404, gone or f"There is no release {release[:20]}.")
    if unknown := _unknown(request, index.root / file.lstrip("/")):
        return _refused(404, unknown)
    return _answer(request, index, file)


@login_not_required
@require_safe
def description(request: HttpRequest) -> JsonResponse:
    response = JsonResponse(_openapi(), json_dumps_params={"indent": 2})
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = FOR_NOW
    return response


def _answer(request: HttpRequest, index: Index, file: str) -> HttpResponseBase:
    query = "&".join(f"{key}={request.GET[key]}" for key in sorted(request.GET))
    tag = hashlib.sha256(f"{index.files[file]['sha256']} {query}".encode()).hexdigest()[:32]
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponseBase
    if f'"{tag}"' in asked:
        response = HttpResponseNotModified()
    else:
        response = _page(request, table(index.root / file.lstrip("/")))
    response["ETag"] = f'"{tag}"'
    response["Cache-Control"] = FOR_EVER if "/r/" in file else FOR_NOW
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _page(request: HttpRequest, table: pl.DataFrame) -> HttpResponse:
    found = table.lazy()
    for name in FILTERS:
        if name in request.GET:
            found = found.filter(pl.col(name) == request.GET[name])
    if after := request.GET.get("after"):
        found = found.filter(pl.col("cell") > after)
    limit = int(request.GET.get("limit", USUAL))
    rows = found.head(limit + 1).collect()
    page = rows.head(limit)
    following = page["cell"][-1] if rows.height > limit else None
    if request.GET.get("format") == "csv":
        response = HttpResponse(page.write_csv(), content_type="text/csv; charset=utf-8")
    else:
        content = {"cells": page.to_dicts(), "next_after": following}
        response = HttpResponse(
            json.dumps(content, ensure_ascii=False), content_type="application/json"
        )
    if following:
        query = request.GET.copy()
        query["after"] = following
        response["Link"] = f'<{request.path}?{query.urlencode()}>; rel="next"'
    return response


@lru_cache(maxsize=4)
def table(file: Path) -> pl.DataFrame:
    """The cells of a published release, in the order of their names."""
    return pl.read_parquet(file, memory_map=False).sort("cell")


@lru_cache(maxsize=4)
def _values(file: Path) -> dict[str, frozenset[str]]:
    """What a published release holds of each filter. Any marker may be asked for."""
    held = {name: frozenset(table(file)[name].unique()) for name in FILTERS}
    return held | {"marker": held["marker"] | frozenset(Marker.values)}


def _unknown(request: HttpRequest, file: Path) -> str:
    """The filter whose value the release knows nowhere, as a mistyped one; empty where none is."""
    values = _values(file)
    for name in FILTERS:
        if name in request.GET and request.GET[name] not in values[name]:
            return (
                f"The release has no cell with the {name} {request.GET[name][:40]}; its cells.csv "
                f"names each {name}."
            )
    return ""


def _address(release: str) -> str:
    return (
        "/data/latest/cells.parquet" if release == "latest" else f"/data/r/{release}/cells.parquet"
    )


def _wrong(request: HttpRequest) -> str:
    """What the question says wrongly; empty where it can be answered."""
    for name in request.GET:
        if name not in ASKED:
            return f"Unknown parameter {name[:40]}; known are {', '.join(sorted(ASKED))}."
        if len(request.GET.getlist(name)) > 1:
            return f"Parameter {name} is given more than once; give it once."
        if "\x00" in request.GET[name]:
            return f"Parameter {name} holds a null character; leave it out."
    limit = request.GET.get("limit", str(USUAL))
    if not (limit.isascii() and limit.isdigit() and len(limit) < 6 and 1 <= int(limit) <= MOST):
        return f"limit must be a whole number from 1 to {MOST}."
    if request.GET.get("format", "json") not in ("json", "csv"):
        return "format must be json or csv."
    return ""


def _refused(status: int, what: str, headers: dict[str, str] | None = None) -> JsonResponse:
    response = JsonResponse({"error": what}, status=status, headers=headers)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store"
    return response


def _is_too_many(request: HttpRequest) -> bool:
    """Count a request. Addresses are kept for a minute, as keyed hashes alone."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    key = hmac.new(settings.SECRET_KEY.encode(), address.encode(), "sha256").hexdigest()[:16]
    return throttle.is_over(f"open:{key}", AN_ADDRESS)


def _openapi() -> dict[str, Any]:
    text = {"type": "string"}
    asked = {**text, "pattern": r"^[^\u0000]*$"}
    cell = dict.fromkeys(COLUMNS, text)
    cell["value"] = {"type": "integer", "nullable": True}  # type: ignore[dict-item]
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    refusals = {
        str(status): {"description": words, "content": error}
        for status, words in {
            404: "No such release, or no such value in it", 410: "Withdrawn",
            422: "Wrong question", 429: "Too many",
        }.items()
    }  # fmt: skip
    return {
        "openapi": "3.0.3",
        "info": {"title": "Pulih: open figures", "version": VERSION,
                 "license": {"name": "CC BY 4.0"}},
        "paths": {
            "/api/open/v1/cells": {
                "get": {
                    "operationId": "cells",
                    "summary": "Cells of a published release, by filter",
                    "parameters": [
                        *(_parameter(name, asked) for name in (*FILTERS, "release", "after")),
                        _parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST}),
                        _parameter("format", {"type": "string", "enum": ["json", "csv"]}),
                    ],
                    "responses": {
                        "200": {
                            "description": "A page of cells",
                            "content": {
                                "application/json": {
                                    "schema": {"$ref": "#/components/schemas/Page"}
                                },
                                "text/csv": {"schema": text},
                            },
                        },
                        "304": {"description": "As If-None-Match names it"},
                        **refusals,
                    },
                }
            }
        },
        "components": {
            "schemas": {
                "Page": {
                    "type": "object",
                    "required": ["cells", "next_after"],
                    "properties": {
                        "cells": {"type": "array", "items": {"type": "object", "properties": cell}},
                        "next_after": {"type": "string", "nullable": True},
                    },
                },
                "Error": {
                    "type": "object", "required": ["error"], "properties": {"error": text},
                },
            }
        },
    }  # fmt: skip


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}
