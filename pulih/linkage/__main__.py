"""Run `pulih link` without the rest of the house: `python -m pulih.linkage RECORDS …`."""

import os
import sys
from types import TracebackType

from pulih.linkage.command import main

OUR_OWN_FAULT = 70


def _one_line(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    print(f"Internal error: {kind.__name__}: {error}", file=sys.stderr, flush=True)
    os._exit(OUR_OWN_FAULT)


if __name__ == "__main__":
    sys.excepthook = _one_line
    sys.exit(main(sys.argv[1:]))
