"""Run `pulih refocus` without the rest of the house: `python -m pulih.refocusing CASE_DIR …`."""

import os
import sys
from types import TracebackType

from pulih.refocusing.command import run

OUR_OWN_FAULT = 70


def _one_line(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    print(f"Internal error: {kind.__name__}: {error}", file=sys.stderr, flush=True)
    os._exit(OUR_OWN_FAULT)


if __name__ == "__main__":
    sys.excepthook = _one_line
    sys.exit(run(sys.argv[1:]))
