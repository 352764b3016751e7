"""HiGHS as every core runs it: quiet, on one thread, with a fixed seed and equal tolerances."""

import os
import sys
from collections.abc import Callable
from functools import cache

import highspy

INFINITY = highspy.kHighsInf
TOLERANCE = 1e-9  # Below a thousandth of a rupiah at any scale that a core picks.

# No program here has a value without end: "or unbounded" means infeasible.
NO_SOLUTION = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)

Report = Callable[[float, float], None]  # Is told the value and the bound reached so far.
_make: Callable[[], highspy.Highs] = highspy.Highs  # Untyped in highspy.


def quiet_solver(
    seconds: float | None = None, gap: float = 0.0, tolerance: float = TOLERANCE
) -> highspy.Highs:
    """Make a solver. seconds: wall time, None for no limit; gap: relative, of whole programs."""
    _swallow_banner()
    solver = _make()
    options: dict[str, bool | int | float] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "mip_rel_gap": gap,
        "mip_abs_gap": 0.0,
        "primal_feasibility_tolerance": tolerance,
        "dual_feasibility_tolerance": tolerance,
        "mip_feasibility_tolerance": tolerance,
    }
    if seconds is not None:
        options["time_limit"] = seconds
    for option, value in options.items():
        solver.setOptionValue(option, value)
    return solver


def listen(solver: highspy.Highs, report: Report) -> None:
    def on_progress(event: highspy.HighsCallbackEvent) -> None:
        out = event.data_out
        report(out.mip_primal_bound, out.mip_dual_bound)

    solver.cbMipLogging.subscribe(on_progress)


@cache
def _swallow_banner() -> None:
    """Make the process's first solver with standard output closed: HiGHS greets there, once.

    Standard output belongs to the one JSON object of `--json`.
    """
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        _make()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
