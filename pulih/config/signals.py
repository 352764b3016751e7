"""What Ctrl-C, TERM and a closed terminal do to a command: it ends tidily, at a moment it chose."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def end_tidily() -> None:
    """Have TERM and a closed terminal unwind the command as Ctrl-C does."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _exit)


@contextmanager
def held_back() -> Iterator[None]:
    """Let no signal interrupt the block; what came meanwhile is heard at its end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.signal(number, lambda got, _: came.append(got)) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        signal.raise_signal(came[0])


def _exit(number: int, frame: object) -> None:
    raise SystemExit(128 + number)
