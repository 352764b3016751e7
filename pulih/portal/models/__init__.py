"""What the portal stores: quoted figures, totals for the desk, and releases with their cells."""

from .figures import LOADED, BudgetTotal, PublicFigure, Scenario, Source, loaded_scenario
from .releases import Cell, Marker, Release, Withdrawal

__all__ = [
    "LOADED",
    "BudgetTotal",
    "Cell",
    "Marker",
    "PublicFigure",
    "Release",
    "Scenario",
    "Source",
    "Withdrawal",
    "loaded_scenario",
]
