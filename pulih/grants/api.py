"""Grants for programs: the list of the page."""

from ninja import Router

from pulih.lists.programs import serve

from .lists import CASES

router = Router(tags=["grants"])
serve(router, "/cases", CASES)
