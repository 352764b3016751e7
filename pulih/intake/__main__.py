"""`python -m pulih.intake`: the same as `pulih intake`."""

import os
import sys
from types import TracebackType

from pulih.intake.command import OUR_FAULT, run


def _our_fault(
    kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:
    """Say an unforeseen error in one line and end; everything unfinished is tidied by then."""
    words = " ".join(str(fault).split()) or "-"
    print(f"pulih intake: internal error: {kind.__name__}: {words}", file=sys.stderr, flush=True)
    os._exit(OUR_FAULT)


sys.excepthook = _our_fault
sys.exit(run(sys.argv[1:]))
