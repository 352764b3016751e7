"""Running a command of these tests in a process of its own, with a server that may be killed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KILLING = (
    pytest.mark.slow,  # A server of its own with fsync on, killed and recovered.
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="somebody else's server is not killed"),
    pytest.mark.skipif(
        not Path("/proc/self/task").exists(), reason="needs Linux's list of processes"
    ),
)


def kills_its_server(test: Callable[[], None]) -> Callable[[], None]:
    """Mark a test whose command kills writers, connections and PostgreSQL."""
    return reduce(lambda marked, mark: mark(marked), KILLING, test)


def said_by(module: str, *arguments: int) -> dict[str, Any]:
    """Run `module`, which must end well in a quarter of an hour; return the JSON that it says."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found
