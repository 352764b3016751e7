"""Serving requests in a process of its own, under ceilings: what every reader of files shares.

A request is one line of JSON on standard input; reports go back as lines on standard output:
`ready`, `unpacked` (what the ceilings rest on), `progress`, and at last one of `done`, `refused`,
`too_heavy`, `unwritten` or `fault`. `pulih.intake.child` is the other end.
"""

import contextlib
import gc
import json
import os
import resource
import select
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from pulih.common.errors import Refusal
from pulih.intake import ceilings

OUR_FAULT = 70
SPARE_BYTES = 2 * 1024**3  # Address space beyond the ceiling: mapped files and unused arenas.
SERVES_AGAIN_BYTES = 400 * 1024**2  # Above it, what a file left behind is not worth keeping.
Request = Mapping[str, Any]
Say = Callable[[Mapping[str, Any]], None]
Work = Mapping[str, Callable[[Request, Say], dict[str, Any]]]


def serve(work: Work) -> None:
    """Answer requests until standard input ends. work: what to do for a request's word `do`."""
    reports = os.fdopen(os.dup(1), "wb", buffering=0)  # Open to the end: a fault is told there.
    os.dup2(2, 1)  # Whatever else prints must not get between the reports.
    say = partial(_say, reports)
    sys.excepthook = partial(_our_fault, say)
    _be_expendable()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # The cells of a sheet are no cycles: looking for some among them takes a tenth of the time.
    gc.disable()
    gc.freeze()
    say({"ready": True})
    for line in sys.stdin.buffer:
        request = json.loads(line)
        unpacked = ceilings.unpacked_bytes(Path(request["path"]))
        _limit_space(unpacked)
        say({"unpacked": unpacked})
        answer = _answer(work, request, say)
        gc.collect()
        say({**answer, "serves_again": _resident_bytes() < SERVES_AGAIN_BYTES})


def _answer(work: Work, request: Request, say: Say) -> dict[str, Any]:
    try:
        return {"done": work[request["do"]](request, say)}
    except Refusal as refusal:
        return {"refused": [refusal.message.id, refusal.message.en]}
    except MemoryError:
        return {"too_heavy": True}


def _say(reports: BinaryIO, what: Mapping[str, Any]) -> None:
    line = memoryview(json.dumps(what).encode() + b"\n")
    while line:
        line = line[reports.write(line) :]


def _our_fault(
    say: Say, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:
    words = " ".join(str(fault).split()) or "-"
    lines = traceback.format_exception(kind, fault, trace)
    say({"fault": [kind.__name__, words, "".join(lines)]})
    os._exit(OUR_FAULT)


def _be_expendable() -> None:
    """Leave no core files, leave Ctrl-C to who watches, and be the first that the system ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def _end_with_parent() -> None:
    """End when nobody holds the other end of standard input, even in the middle of a file."""
    poll = select.poll()
    poll.register(0, 0)
    poll.poll()
    os._exit(0)


def _limit_space(unpacked: int) -> None:
    """Have the system refuse what would pass the ceiling at one stroke."""
    most = ceilings.ceilings_for(unpacked).memory_bytes + SPARE_BYTES + _pages(0)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _resident_bytes() -> int:
    return _pages(1)


def _pages(field: int) -> int:
    """Read one figure of this process's memory in bytes; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[field]) * resource.getpagesize()
    except OSError:
        return 0
