"""How much memory this process and those it started took at most."""

import resource
from pathlib import Path


def peak_megabytes() -> int:
    """Return the peak of the process and of its living children together, in MB."""
    own = _peak("self")  # Not getrusage's: it begins with what the starting process held.
    ended = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round((own + max(ended, sum(map(_peak, _children("self"))))) / 1024)


def _children(process: str) -> list[str]:
    found: list[str] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split():
            found += [child, *_children(child)]
    return found


def _peak(process: str) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
