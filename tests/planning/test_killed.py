"""A solver's process that is killed in the middle leaves its best plan."""

import os
import signal
from multiprocessing import Pipe

from pulih.planning import running
from pulih.planning.running import Best, Broken, solve_and_keep
from pulih.refocusing import Solved, breaches
from tests.make import refocusing


def heard_of(case, every):
    ours, theirs = Pipe(duplex=False)
    solve_and_keep(theirs, case, 1e-4, 30.0, every)
    theirs.close()
    words = []
    while ours.poll(0):
        try:
            words.append(ours.recv())
        except EOFError:
            break
    return words


def test_plans_are_kept_on_the_way_and_the_outcome_comes_last():
    case = refocusing.case()
    words = heard_of(case, every=0.0)
    kept = [word.outcome for word in words if isinstance(word, Best)]
    assert kept
    for plan in kept:
        assert isinstance(plan, Solved)
        assert not breaches(case, plan.plan)
    assert isinstance(words[-1], Solved)
    assert words[-1].status == "optimal"
    worths = [plan.stages[0].value for plan in kept]
    assert worths == sorted(worths)


def test_nothing_is_sent_twice_within_the_seconds_between():
    assert not any(isinstance(word, Best) for word in heard_of(refocusing.case(), every=1e9))


def dying_at_once(theirs):
    """Die as by the kernel's hand before a word is sent."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_killed_before_any_plan_is_broken():
    ours, process = running._begun(dying_at_once)
    try:
        answer = running._listen(ours, lambda said: False)
    finally:
        process.join()
    assert isinstance(answer, Broken)


def dying(theirs, case):
    """Send a plan, as a solver does on its way, and die as by the kernel's hand."""
    solve_and_keep(Sends(theirs), case, 1e-4, 30.0, 0.0)


class Sends:
    """A pipe whose process is killed once a plan went through."""

    def __init__(self, pipe):
        self.pipe = pipe

    def send(self, word):
        self.pipe.send(word)
        if isinstance(word, Best):
            os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_killed_in_the_middle_leaves_its_best_plan():
    case = refocusing.case()
    ours, process = running._begun(dying, case)
    try:
        answer = running._listen(ours, lambda said: False)
    finally:
        process.join()
    assert isinstance(answer, Solved)
    assert answer.status == "feasible"
    assert not breaches(case, answer.plan)
