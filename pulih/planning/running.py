"""The cores in a process of their own: it can be stopped at once, and the worker stays free."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar, cast

from pulih.refocusing import Case, Outcome, solve

LISTEN_SECONDS = 1.0
Hear = Callable[[dict[str, Any]], bool]  # Returns whether to stop.
Answer = TypeVar("Answer")


class Stopped:
    """The planner cancelled."""


class Broken:
    """The solver's process ended without an answer."""


def run_apart(
    case: Case, *, gap: float, time_limit: float, hear: Hear
) -> Outcome | Stopped | Broken:
    """Solve `case` in another process; `hear` is asked at every word, at least each second."""
    return solve_apart(solve, case, gap=gap, time_limit=time_limit, hear=hear)


def solve_apart(
    solver: Callable[..., Answer], case: object, *, gap: float, time_limit: float, hear: Hear
) -> Answer | Stopped | Broken:
    """The same for any core. solver: takes a case, `gap`, `time_limit` and `progress`."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_solve, args=(theirs, solver, case, gap, time_limit), daemon=True
    )
    process.start()
    theirs.close()
    try:
        return cast("Answer | Stopped | Broken", _listen(ours, hear))
    finally:
        process.terminate()
        process.join()
        ours.close()


def _listen(ours: Connection, hear: Hear) -> object:
    said: dict[str, Any] = {}
    while True:
        try:
            word = ours.recv() if ours.poll(LISTEN_SECONDS) else said
        except EOFError:
            return Broken()
        if not isinstance(word, dict):
            return cast(object, word)
        said = word
        if hear(said):
            return Stopped()


def _solve(
    theirs: Connection, solver: Callable[..., object], case: object, gap: float, time_limit: float
) -> None:
    def tell(
        stage: str, value: float | None, bound: float | None, gap: float | None, seconds: float, /
    ) -> None:
        theirs.send(
            {"stage": stage, "value": value, "bound": bound, "gap": gap, "seconds": seconds}
        )

    theirs.send(solver(case, gap=gap, time_limit=time_limit, progress=tell))


class Waiting:
    """No answer yet: a moment to say that the work goes on."""


def answers_apart(work: Callable[..., Iterable[object]], *given: object) -> Iterator[object]:
    """Yield what `work` yields in another process, and Waiting about every second.

    The last is Broken if the process ended before its work did. Leaving the loop stops it.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send_all, args=(theirs, work, given), daemon=True)
    process.start()
    theirs.close()
    try:
        with suppress(EOFError):
            while True:
                yield ours.recv() if ours.poll(LISTEN_SECONDS) else Waiting()
        process.join()
        if process.exitcode:
            yield Broken()
    finally:
        process.terminate()
        process.join()
        ours.close()


def _send_all(
    theirs: Connection, work: Callable[..., Iterable[object]], given: tuple[object, ...]
) -> None:
    for answer in work(*given):
        theirs.send(answer)
