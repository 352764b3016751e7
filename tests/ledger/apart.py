"""Running a command of these tests in a process of its own, with a server that may be killed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


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
