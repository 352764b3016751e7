"""The solver in a process of its own: it can be stopped at once, and the worker stays free."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from pulih.refocusing import Case, Outcome, solve

LISTEN_SECONDS = 1.0
Hear = Callable[[dict[str, Any]], bool]  # Returns whether to stop.


class Stopped:
    """The planner cancelled."""


class Broken:
    """The solver's process ended without an answer."""


def run_apart(
    case: Case, *, gap: float, time_limit: float, hear: Hear
) -> Outcome | Stopped | Broken:
    """Solve `case` in another process; `hear` is asked at every word, at least each second."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_solve, args=(theirs, case, gap, time_limit), daemon=True)
    process.start()
    theirs.close()
    try:
        return _listen(ours, hear)
    finally:
        process.terminate()
        process.join()
        ours.close()


def _listen(ours: Connection, hear: Hear) -> Outcome | Stopped | Broken:
    said: dict[str, Any] = {}
    while True:
        try:
            word = ours.recv() if ours.poll(LISTEN_SECONDS) else said
        except EOFError:
            return Broken()
        if not isinstance(word, dict):
            return word  # type: ignore[no-any-return]
        said = word
        if hear(said):
            return Stopped()


def _solve(theirs: Connection, case: Case, gap: float, time_limit: float) -> None:
    def tell(
        stage: str, value: float | None, bound: float | None, gap: float | None, seconds: float, /
    ) -> None:
        theirs.send(
            {"stage": stage, "value": value, "bound": bound, "gap": gap, "seconds": seconds}
        )

    theirs.send(solve(case, gap=gap, time_limit=time_limit, progress=tell))
