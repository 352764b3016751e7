"""A command that is asked to stop (TERM) ends with the best it has found so far."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import NoReturn, TypeVar

T = TypeVar("T")
INTERRUPTED = 130  # Of Ctrl-C, as shells have it.


class Stopped(BaseException):
    """TERM came while the command was at work."""


def worked_out(work: Callable[[], T], so_far: Callable[[], T]) -> tuple[T, bool]:
    """Return what `work` returns; where TERM comes first, what `so_far` returns, and True.

    The solvers hear of no signal, so they work on a thread of their own; after TERM the process
    must end without waiting for them, see `leave`, and hears of no other TERM: it would spoil the
    writing. Ctrl-C ends the process at once.
    """
    if threading.current_thread() is not threading.main_thread():
        return work(), False
    before, is_stopped = signal.signal(signal.SIGTERM, _stop), False
    try:
        return ThreadPoolExecutor(1).submit(work).result(), False
    except Stopped:
        is_stopped = True
        return so_far(), True
    except KeyboardInterrupt:
        leave(INTERRUPTED)
    finally:
        if not is_stopped:
            signal.signal(signal.SIGTERM, before)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Stopped


def leave(status: int) -> NoReturn:
    """End the process at once, though solvers are still at work on other threads."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
