"""Any core that is stopped, or killed, leaves its best answer so far."""

import os
import signal
import time
from multiprocessing import active_children

import pytest

from pulih.planning import running
from pulih.planning.running import Broken, Stopped, solve_apart


def slow(case, *, gap, time_limit, progress, keep):
    """Find `case` answers, tell of each, and go on for longer than anybody waits."""
    for found in range(case):
        keep(lambda found=found: f"answer {found}")
        progress("fill", float(found), None, None, 0.0)
    progress("work", 1.0, None, None, 0.0)
    time.sleep(600)


def stopping(said):
    return said.get("stage") == "work"


def asked(found, hear):
    begun = time.monotonic()
    answer = solve_apart(slow, found, gap=0.0, time_limit=600.0, hear=hear)
    assert time.monotonic() - begun < running.LAST_SECONDS
    return answer


def test_who_is_stopped_answers_with_the_best_so_far():
    assert asked(3, stopping) == "answer 2"


def test_who_found_nothing_is_only_stopped():
    assert isinstance(asked(0, stopping), Stopped)


@pytest.mark.parametrize(("every", "left"), [(0.0, "answer 1"), (600.0, None)])
def test_who_is_killed_leaves_what_was_sent_last(monkeypatch, every, left):
    monkeypatch.setattr(running, "SELDOM_KEPT_SECONDS", every)

    def killing(said):
        if stopping(said):
            for child in active_children():
                os.kill(child.pid, signal.SIGKILL)
        return False

    answer = asked(2, killing)
    assert isinstance(answer, Broken) if left is None else answer == left
