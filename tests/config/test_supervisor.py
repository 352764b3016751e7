"""Children come back when they die and end in order when told."""

import os
import signal
import subprocess
import sys
import threading
import time

from pulih.config import embedded_postgres, serving
from pulih.config.children import Child, pause_before
from pulih.config.supervisor import Supervisor
from tests.meanwhile import until

SITS = "import signal, time\nsignal.signal(signal.SIGTERM, lambda *_: exit(0))\ntime.sleep(60)\n"
STUBBORN = """
import pathlib, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(__file__).with_name("deaf").touch()
time.sleep(60)
"""


def child(tmp_path, name, text, patience=5.0):
    (tmp_path / f"{name}.py").write_text(text)
    return Child(name, name, {"PYTHONPATH": str(tmp_path)}, patience)


def run_until(supervisor, happened):
    """Run on this thread, as signals need it; end when `happened` says so."""

    def watch():
        end = time.monotonic() + 60
        while not happened() and time.monotonic() < end:
            threading.Event().wait(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    watcher = threading.Thread(target=watch)
    watcher.start()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGHUP)}
    supervisor.run()
    watcher.join()
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, before.get(number, signal.SIG_DFL))


def test_a_dead_child_is_started_again(tmp_path):
    said = []
    sitting = child(tmp_path, "sitting", SITS)
    supervisor = Supervisor([sitting], None, said.append, lambda: True)
    first = []

    def killed_and_back():
        process = sitting.process  # Once: the other thread takes it away in between.
        if process and not first:
            first.append(process.pid)
            os.kill(first[0], signal.SIGKILL)
        return bool(first and process and process.pid != first[0])

    run_until(supervisor, killed_and_back)
    assert said == [
        "sitting ended with status -9; starting again in 0.5 s",
        "sitting started",
    ]


def test_children_end_in_the_order_given_and_the_stubborn_is_ended(tmp_path):
    web = child(tmp_path, "web", STUBBORN, patience=0.2)
    worker = child(tmp_path, "worker", SITS)
    supervisor = Supervisor([web, worker], None, print, lambda: True)
    run_until(supervisor, (tmp_path / "deaf").exists)
    assert web.process.returncode == -signal.SIGKILL
    assert worker.process.returncode in (0, -signal.SIGTERM)


def test_nothing_is_waited_for_beyond_the_ten_seconds_in_all():
    children = [child.patience for child in serving.children()]
    assert sum(children) + embedded_postgres.PATIENCE < 10


def test_the_pause_before_a_start_doubles_up_to_half_a_minute():
    assert [pause_before(deaths) for deaths in (1, 2, 3, 8, 50)] == [0.5, 1, 2, 30, 30]


LATE = """
import pathlib, sys, time
here = pathlib.Path(__file__).parent
while not (here / "orphaned").exists():
    time.sleep(0.02)
from pulih.config.children import end_with_parent
try:
    end_with_parent()
finally:
    (here / ("ended" if sys.exc_info()[0] else "lives")).touch()
"""
STARTS = """
import sys
from pulih.config.children import Child
Child("late", "late", {"PYTHONPATH": sys.argv[1]}, 1.0).start()
"""


def test_a_child_whose_supervisor_was_killed_while_it_started_ends(tmp_path):
    (tmp_path / "late.py").write_text(LATE)
    subprocess.run([sys.executable, "-c", STARTS, str(tmp_path)], check=True)
    (tmp_path / "orphaned").touch()
    until(lambda: {"ended", "lives"} & {path.name for path in tmp_path.iterdir()})
    assert (tmp_path / "ended").exists()
