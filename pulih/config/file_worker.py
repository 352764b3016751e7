"""The worker that reads delivered files: `python -m pulih.config.file_worker`."""

from __future__ import annotations

from pulih.config import settings
from pulih.config.worker import work

QUEUE = "files"


def main() -> None:
    work(QUEUE, settings.FILES_AT_ONCE)


if __name__ == "__main__":
    main()
