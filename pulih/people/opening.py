"""Whether an address may be opened: a link to what a person may not see is not drawn."""

import re
from functools import lru_cache
from typing import Any

from django.urls import Resolver404, resolve

from .permissions import Permission, holds


def may_open(person: Any, address: str) -> bool:
    """Say whether the role of a person lets them open a page of ours; `#place` is on this one."""
    path = address.partition("?")[0].partition("#")[0]
    # Pages of one kind differ in their numbers only.
    needed = _needed(re.sub(r"\d+", "0", path)) if path else ()
    return all(holds(person, permission) for permission in needed)


@lru_cache(maxsize=4096)
def _needed(path: str) -> tuple[Permission, ...]:
    try:
        view = resolve(path).func
    except Resolver404:
        return ()
    permissions: tuple[Permission, ...] = getattr(view, "permissions", ())
    return permissions
