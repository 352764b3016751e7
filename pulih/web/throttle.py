"""How often something may happen in a minute, counted in the web process's own memory."""

from __future__ import annotations

import time

from django.core.cache import cache

WINDOW_SECONDS = 60


def is_over(what: str, limit: int) -> bool:
    """Count once more; tell whether that is more than `limit` in this minute."""
    name = f"throttle:{what}:{_window()}"
    cache.add(name, 0, WINDOW_SECONDS)
    try:
        return bool(cache.incr(name) > limit)
    except ValueError:  # Dropped between the two lines, as the memory is bounded.
        return False


def _window() -> int:
    return int(time.time()) // WINDOW_SECONDS
