"""Releases for the programs of data stewards; what is published has an address of its own."""

from ninja import Router

from pulih.lists.programs import serve

from .lists import RELEASES

router = Router(tags=["portal"])
serve(router, "/releases", RELEASES)
