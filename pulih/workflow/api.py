"""Tasks, notices and posts for programs."""

from ninja import Router

from pulih.lists.programs import serve

from .lists import NOTICES, TASKS
from .post_lists import POSTS

router = Router(tags=["workflow"])
serve(router, "/tasks", TASKS)
serve(router, "/notices", NOTICES)
serve(router, "/posts", POSTS)
