"""Stalls for programs: the list of the page."""

from ninja import Router

from pulih.lists.programs import serve

from .lists import STALLS

router = Router(tags=["stalls"])
serve(router, "/stalls", STALLS)
