"""What the page of data quality shows: the areas below one, its gaps, and how others stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from pulih.areas.models import Area, Level
from pulih.inbox.models import ImportBatch
from pulih.lists.figures import Stated
from pulih.people.models import User

from . import quality
from .figures import stated_firms, wheres_of
from .quality import Quality

LABELS = {
    "nik": gettext_lazy("NIK"),
    "nib": gettext_lazy("NIB"),
    "phone": gettext_lazy("telephone"),
    "village": gettext_lazy("village code"),
    "kbli": gettext_lazy("KBLI"),
    "wrong_village": gettext_lazy("village code of another regency"),
    "wrong_kbli": gettext_lazy("KBLI outside manufacturing"),
}
WHY = {
    "nik": gettext_lazy("Without it doubles are hard to see, and help may be given twice."),
    "nib": gettext_lazy("May be empty for the smallest; where it is there it settles who is who."),
    "phone": gettext_lazy("Without it nobody can be asked or invited."),
    "village": gettext_lazy("Without it the place is known by its written name alone."),
    "kbli": gettext_lazy("Without it the trade is guessed from the product."),
    "wrong_village": gettext_lazy("Code and firm lie in different regencies: one is wrong."),
    "wrong_kbli": gettext_lazy("Trade and services are not IKM: code or firm is wrong here."),
}


@dataclass(frozen=True)
class QualityRow:
    """One area of the table. file: its newest list, None when it sent none."""

    area: Area
    quality: Quality
    waiting: int
    merged: int
    file: ImportBatch | None
    url: str
    stated: Stated  # The firms.

    @property
    def name(self) -> str:
        return self.area.sort_key

    @property
    def firms(self) -> int:
        return self.quality.firms

    @property
    def filled(self) -> float | None:
        return self.quality.completeness

    @property
    def wrong(self) -> int:
        return self.quality.wrong

    @property
    def parts(self) -> list[float | None]:
        return [self.quality.share(part) for part in quality.PARTS]

    @property
    def file_share(self) -> float | None:
        return quality.File(self.file, Quality()).wrong_share if self.file else None


@dataclass(frozen=True)
class Gap:
    """Something to be fixed. share: of the firms; stated: how many, and which."""

    label: Any
    why: Any
    share: float
    stated: Stated

    @property
    def number(self) -> int | None:
        return self.stated.value


@dataclass(frozen=True)
class Compared:
    """One part of an area beside the middle of the others, and file beside file, in shares."""

    label: Any
    own: float | None
    middle: float | None
    newest: float | None
    before: float | None

    @property
    def change(self) -> float | None:
        """Return by how many points the newest file is fuller than the one before."""
        if self.newest is None or self.before is None:
            return None
        return (self.newest - self.before) * 100


def rows_below(area: Area, by: User) -> list[QualityRow]:
    """Return the areas right below, or the regency itself."""
    today = timezone.localdate()
    if area.level == Level.COUNTRY:
        areas = list(Area.objects.provinces(today))
    elif area.level == Level.PROVINCE:
        areas = list(Area.objects.within(area, today).filter(level=Level.REGENCY))
    else:
        areas = [area]
    counted = quality.of_areas(areas)
    files = quality.newest_files(by, areas)
    waiting = quality.waiting(by)
    merged = quality.merged(by)
    wheres = wheres_of(areas, today)
    return [
        QualityRow(
            one,
            counted[one.pk],
            waiting.get(one.pk, 0),
            merged.get(one.pk, 0),
            files.get(one.pk),
            "" if one.pk == area.pk else f"{reverse('registry:quality')}?area={one.pk}",
            stated_firms(counted[one.pk].firms, one, by, wheres[one.pk]),
        )
        for one in areas
    ]


@dataclass(frozen=True)
class Rest:
    """What belongs to an area and to none of the rows below it, so that rows add up to the total.

    Firms without a regency; pairs and merges between two of the areas.
    """

    firms: int
    wrong_village: int
    wrong_kbli: int
    waiting: int
    merged: int

    @property
    def wrong(self) -> int:
        return self.wrong_village + self.wrong_kbli


def rest_of(own: Quality, waiting: int, merged: int, rows: Sequence[QualityRow]) -> Rest | None:
    """The difference between an area's own counts and its rows; None where there is none."""
    rest = Rest(
        own.firms - sum(row.firms for row in rows),
        own.wrong_village - sum(row.quality.wrong_village for row in rows),
        own.wrong_kbli - sum(row.quality.wrong_kbli for row in rows),
        waiting - sum(row.waiting for row in rows),
        merged - sum(row.merged for row in rows),
    )
    return rest if any((rest.firms, rest.wrong, rest.waiting, rest.merged)) else None


def gaps_of(area: Area, own: Quality, by: User, where: Mapping[str, int]) -> list[Gap]:
    """Return what is to be fixed in an area, the most frequent first, with links to the firms."""
    return [
        Gap(
            LABELS[gap],
            WHY[gap],
            number / own.firms,
            stated_firms(number, area, by, where, missing=gap),
        )
        for gap, number in own.gaps()
    ]


def compared(
    own: Quality, beside: Mapping[int, Quality], files: list[quality.File]
) -> list[Compared]:
    """Return each part beside the median of the other areas, and the two newest files."""
    newest = files[0].quality if files else Quality()
    before = files[1].quality if len(files) > 1 else Quality()
    return [
        Compared(
            LABELS[part],
            own.share(part),
            quality.middle(part, beside),
            newest.share(part),
            before.share(part),
        )
        for part in quality.PARTS
    ]
