"""The peak that is told is the command's own, whoever started it."""

import subprocess
import sys

HELD = 400_000_000
CHILD = "from pulih.linkage.memory import peak_megabytes; print(peak_megabytes())"


def test_memory_of_the_starting_process_is_not_counted() -> None:
    parent = (
        "import subprocess, sys\n"
        f"held = b'x' * {HELD}\n"
        f"print(subprocess.run([sys.executable, '-c', {CHILD!r}], capture_output=True,"
        " text=True, check=True).stdout)"
    )
    done = subprocess.run(
        [sys.executable, "-c", parent], capture_output=True, text=True, check=True
    )
    assert 5 < int(done.stdout) < HELD / 1e6 / 2


def test_memory_that_was_held_and_given_back_is_counted() -> None:
    code = f"held = b'x' * {HELD}\ndel held\n{CHILD}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) > HELD / 1e6 * 0.9
