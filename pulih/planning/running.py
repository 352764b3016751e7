"""The cores in a process of their own: it can be stopped at once, and the worker stays free."""

import multiprocessing
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar, cast

from pulih.casefiles.stopping import leave, worked_out
from pulih.refocusing import Case, Outcome, solve
from pulih.refocusing.earlier import Earlier
from pulih.refocusing.levels import solve_levels
from pulih.refocusing.plan import Progress, SoFar, StageName

LISTEN_SECONDS = 1.0
KEPT_SECONDS = 5.0  # Between two plans that are kept while a solver goes on.
SELDOM_KEPT_SECONDS = 20.0  # Where writing an answer takes a second or two of the solving.
LAST_SECONDS = 30.0  # That a process which is told to end may take to write its best.
Hear = Callable[[dict[str, Any]], bool]  # Returns whether to stop.
Answer = TypeVar("Answer")


class Stopped:
    """The planner cancelled."""


class Broken:
    """The solver's process ended without an answer."""


@dataclass(frozen=True)
class Best:
    """The best answer so far: what is left should the process be killed."""

    outcome: object


def run_apart(
    case: Case, *, gap: float, time_limit: float, hear: Hear, beyond_worst: bool = False
) -> Outcome | Stopped | Broken:
    """Solve `case` in another process; `hear` is asked at every word, at least each second.

    beyond_worst: with fairness beyond the worst province.

    If that process is killed, for its memory or by an operator, its best plan so far is the answer.
    """
    ours, process = _begun(solve_and_keep, case, gap, time_limit, KEPT_SECONDS, beyond_worst)
    try:
        return cast("Outcome | Stopped | Broken", _listen(ours, hear))
    finally:
        process.terminate()
        process.join()
        ours.close()


def solve_and_keep(
    theirs: Connection,
    case: Case,
    gap: float,
    limit: float,
    every: float = KEPT_SECONDS,
    beyond_worst: bool = False,
) -> None:
    """Send what is heard of a solve, every few seconds its best plan, and the outcome last."""
    hear = _teller(theirs)
    newest: deque[SoFar] = deque(maxlen=1)
    sent_at = time.monotonic()

    def keep(so_far: SoFar) -> None:
        newest.append(so_far)
        send()

    def send() -> None:
        nonlocal sent_at
        if newest and time.monotonic() - sent_at >= every:
            theirs.send(Best(newest.pop()()))
            sent_at = time.monotonic()

    def tell(
        stage: StageName,
        value: float | None,
        bound: float | None,
        gap: float | None,
        seconds: float,
        /,
    ) -> None:
        send()
        hear(stage, value, bound, gap, seconds)

    solver: Callable[..., Outcome] = solve_levels if beyond_worst else solve
    theirs.send(solver(case, gap=gap, time_limit=limit, progress=tell, keep=keep))


def go_on_apart(
    case: Case, earlier: Earlier, *, gap: float, time_limit: float, hear: Hear
) -> Outcome | Stopped | Broken:
    """Go on from an earlier answer in another process; stopped, it answers with its best so far."""
    ours, process = _begun(_go_on, case, earlier, gap, time_limit)
    try:
        answer = _listen(ours, hear)
        if isinstance(answer, Stopped):
            process.terminate()
            answer = _last_word(ours)
        return cast("Outcome | Stopped | Broken", answer)
    finally:
        process.kill()
        process.join()
        ours.close()


def _last_word(ours: Connection) -> object:
    """Return what a process that was told to end still answers; Stopped where nothing comes."""
    ends, left = time.monotonic() + LAST_SECONDS, cast(object, Stopped())
    with suppress(EOFError):
        while ours.poll(max(0.0, ends - time.monotonic())):
            word = ours.recv()
            if isinstance(word, Best):
                left = word.outcome
            elif not isinstance(word, dict):
                return cast(object, word)
    return left


def _go_on(theirs: Connection, case: Case, earlier: Earlier, gap: float, limit: float) -> None:
    so_far: deque[SoFar] = deque(maxlen=1)
    hear = _teller(theirs)

    def work() -> Outcome:
        return solve(
            case, gap=gap, time_limit=limit, progress=hear, keep=so_far.append, earlier=earlier
        )

    def best() -> Outcome | Stopped:
        return so_far[0]() if so_far else Stopped()

    outcome, is_stopped = worked_out(work, best)
    theirs.send(outcome)
    if is_stopped:
        leave(0)


def solve_apart(
    solver: Callable[..., Answer], case: object, *, gap: float, time_limit: float, hear: Hear
) -> Answer | Stopped | Broken:
    """The same for any core; stopped or killed, its best answer so far is the answer.

    solver: takes a case, `gap`, `time_limit`, `progress` and `keep`, which hears of better answers.
    """
    ours, process = _begun(_solve, solver, case, gap, time_limit, SELDOM_KEPT_SECONDS)
    try:
        answer = _listen(ours, hear)
        if isinstance(answer, Stopped):
            process.terminate()
            answer = _last_word(ours)
        return cast("Answer | Stopped | Broken", answer)
    finally:
        process.kill()
        process.join()
        ours.close()


def _begun(target: Callable[..., None], *given: object) -> tuple[Connection, SpawnProcess]:
    """Start a process that is given our end of a pipe; return the other end and the process."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(theirs, *given), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _listen(ours: Connection, hear: Hear) -> object:
    said: dict[str, Any] = {}
    left: object = Broken()
    while True:
        try:
            word = ours.recv() if ours.poll(LISTEN_SECONDS) else said
        except EOFError:
            return left
        if isinstance(word, Best):
            left = word.outcome
            continue
        if not isinstance(word, dict):
            return cast(object, word)
        said = word
        if hear(said):
            return Stopped()


def _solve(
    theirs: Connection,
    solver: Callable[..., object],
    case: object,
    gap: float,
    limit: float,
    every: float,
) -> None:
    """Send what is heard of a solver, every few seconds its best answer, and the answer last."""
    so_far: deque[Callable[[], object]] = deque(maxlen=1)
    writing = threading.Lock()  # The best so far is written while the solver tells of its steps.
    tell, sent_at = _teller(theirs), time.monotonic()

    def hear(*said: Any) -> None:
        with writing:
            tell(*said)

    def keep(found: Callable[[], object]) -> None:
        nonlocal sent_at
        so_far.append(found)
        if time.monotonic() - sent_at >= every:
            best = Best(found())
            with writing:
                theirs.send(best)
            sent_at = time.monotonic()

    def work() -> object:
        return solver(case, gap=gap, time_limit=limit, progress=hear, keep=keep)

    def best() -> object:
        return so_far[-1]() if so_far else Stopped()

    answer, is_stopped = worked_out(work, best)
    with writing:
        theirs.send(answer)
        if is_stopped:
            leave(0)


def _teller(theirs: Connection) -> Progress:
    """Return what sends every word of a solver through a pipe."""

    def tell(
        stage: str, value: float | None, bound: float | None, gap: float | None, seconds: float, /
    ) -> None:
        theirs.send(
            {"stage": stage, "value": value, "bound": bound, "gap": gap, "seconds": seconds}
        )

    return tell


class Waiting:
    """No answer yet: a moment to say that the work goes on."""


def answers_apart(work: Callable[..., Iterable[object]], *given: object) -> Iterator[object]:
    """Yield what `work` yields in another process, and Waiting about every second.

    The last is Broken if the process ended before its work did. Leaving the loop stops it.
    """
    ours, process = _begun(_send_all, work, given)
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
