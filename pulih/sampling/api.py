"""Sampling checks, drawn lines and findings for programs: the lists of the pages."""

from ninja import Router

from pulih.lists.programs import serve

from .lists import CHECKS, FINDINGS, UNITS

router = Router(tags=["sampling"])
serve(router, "/checks", CHECKS)
serve(router, "/units", UNITS)
serve(router, "/findings", FINDINGS)
