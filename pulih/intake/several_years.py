"""One thing told for several years or months: the latest is what is, the year before what was."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pulih.intake.headings import Dictionary, normal

YEAR = re.compile(r"\b(20[0-2]\d)\b")
MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
MONTH = re.compile(
    r"\b(jan|feb|peb|mar|apr|mei|jun|jul|agu|ags|sep|okt|nov|nop|des)(?:uari|ruari|et|il|i|s|t|ustus|"
    r"tember|ober|ember)?\b"
)
OTHERWISE = {"peb": "feb", "ags": "agu", "nop": "nov"}
OF_FIRMS = ("turnover", "workers", "investment", "capacity")
OF_A_YEAR = re.compile(r"(?i)\b(?:(?:tahun|thn|th)\b\.? *)?20[0-2]\d\b")


@dataclass(frozen=True)
class Told:
    """taken: position by column. left: positions of other years and months, which are neither."""

    taken: dict[str, int]
    left: set[int]


def find(headings: Sequence[str | None], dictionary: Dictionary) -> Told:
    """Find the columns that differ by their year or month alone: `Omzet / 2018`, `Omzet / 2019`."""
    if "turnover" not in dictionary.names:
        return Told({}, set())
    series: dict[tuple[str, str], dict[tuple[int, int], int]] = defaultdict(dict)
    alone: set[str] = set()
    for position, heading in enumerate(headings):
        name = _name(heading, dictionary)
        if heading is None or name is None:
            continue
        text = normal(heading, keep_brackets=True)
        when = _when(text)
        stem = MONTH.sub("", YEAR.sub("", text)) if when != (0, 0) else ""
        if stem:
            series[name, " ".join(stem.split())].setdefault(when, position)
        else:
            alone.add(name)
    alone |= {name for (name, _), positions in series.items() if len(positions) == 1}
    told = Told({}, set())
    for (name, _), positions in series.items():
        if len(positions) > 1:
            _take(told, name, positions, is_free=name not in alone | told.taken.keys())
    return told


def _name(heading: str | None, dictionary: Dictionary) -> str | None:
    match = dictionary.match(heading, fuzzy=False) if heading else None
    if heading and match is None and OF_A_YEAR.search(heading):
        match = dictionary.match(OF_A_YEAR.sub("", heading), fuzzy=False)
    name = match.name.removesuffix("_before") if match else None
    return name if name in OF_FIRMS else None


def _when(text: str) -> tuple[int, int]:
    year, month = YEAR.findall(text), MONTH.search(text)
    short = OTHERWISE.get(month[1], month[1]) if month else ""
    return int(year[-1]) if year else 0, MONTHS.index(short) + 1 if short else 0


def _take(told: Told, name: str, positions: dict[tuple[int, int], int], *, is_free: bool) -> None:
    """Take the latest for what is, and the latest of an earlier year for what was before."""
    times = sorted(positions, reverse=True)
    told.left.update(positions.values())
    if not is_free:
        return
    told.taken[name] = positions[times[0]]
    earlier = next((one for one in times if one[0] < times[0][0]), None)
    if earlier is not None:
        told.taken[f"{name}_before"] = positions[earlier]
