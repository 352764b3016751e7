"""Tasks and notices for programs."""

from ninja import Router

from pulih.lists.programs import serve

from .lists import NOTICES, TASKS

router = Router(tags=["workflow"])
serve(router, "/tasks", TASKS)
serve(router, "/notices", NOTICES)
