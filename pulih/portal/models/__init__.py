"""What the portal stores: quoted figures, totals for the desk, and releases with their cells."""

from .cadence import Cadence, Every, Scope
from .figures import LOADED, PublicFigure, Scenario, Source, loaded_scenario
from .releases import Cell, LeftOut, Marker, Release, Withdrawal
from .work import ReleaseWork, WorkKind, WorkState

__all__ = [
    "LOADED",
    "Cadence",
    "Cell",
    "Every",
    "LeftOut",
    "Marker",
    "PublicFigure",
    "Release",
    "ReleaseWork",
    "Scenario",
    "Scope",
    "Source",
    "Withdrawal",
    "WorkKind",
    "WorkState",
    "loaded_scenario",
]
