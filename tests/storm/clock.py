"""A clock that jumps, for the processes of one installation: libfaketime, where it is installed.

Only where it is asked for: under libfaketime 0.9.10 Python's own `time.sleep` fails now and then
(EINVAL out of `clock_nanosleep`), which nothing but the library is to blame for.
"""

from __future__ import annotations

from pathlib import Path

PLACES = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1")


class Clock:
    """Tells the processes that are started with its environment another time, when told to."""

    def __init__(self, folder: Path, *, is_wanted: bool) -> None:
        found = (path for place in PLACES for path in Path("/").glob(place.lstrip("/")))
        self.library = next(found, None) if is_wanted else None
        self.file = folder / "clock"
        self.set("+0")

    def set(self, offset: str) -> None:
        """Move the clock. offset: as libfaketime takes it, such as +3h or -2h."""
        draft = self.file.with_suffix(".new")
        draft.write_text(f"{offset}\n")
        draft.chmod(0o644)
        draft.replace(self.file)

    def environ(self) -> dict[str, str]:
        if self.library is None:
            return {}
        return {
            "LD_PRELOAD": str(self.library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_DISABLE_SHM": "1",
        }
