"""Administration for programs: who may sign in."""

from ninja import Router

from pulih.lists.programs import serve

from .lists import PEOPLE

router = Router(tags=["administration"])
serve(router, "/people", PEOPLE)
