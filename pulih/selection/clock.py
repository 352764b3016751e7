"""Wall time against a limit."""

import time


class Clock:
    """Counts from when it is made."""

    def __init__(self, limit: float) -> None:
        self.limit, self.began = limit, time.monotonic()

    @property
    def spent(self) -> float:
        return time.monotonic() - self.began

    def left(self, share: float = 1.0) -> float:
        """Seconds until this share of the limit is over; 0 or less when it is."""
        return self.limit * share - self.spent
