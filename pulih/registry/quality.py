"""How complete and how right the register is: of an area, beside the others, and file by file.

One grouped query over all enterprises counts everything (`registry_quality`, about a second at a
million); its answer is kept until an enterprise changes, which `registry_quality_state` tells.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Count

from pulih.areas.models import COUNTRY, Area, AreaClosure
from pulih.inbox.models import OF_FIRMS, ImportBatch, State
from pulih.people.models import User

from .models import Merge, Review

PARTS = ("nik", "nib", "phone", "village", "kbli")
WRONG = ("wrong_village", "wrong_kbli")
GAPS = (*PARTS, *WRONG)
KEPT_SECONDS = 3600
OF_FILE = """
    SELECT count(*), count(said.nik), count(said.nib), count(said.phone),
        count(said.village_code), count(said.kbli)
    FROM inbox_sourcerecord AS record CROSS JOIN LATERAL jsonb_to_record(record.values)
        AS said (nik text, nib text, phone text, village_code text, kbli text)
    WHERE record.batch_id = %s
"""


@dataclass(frozen=True)
class Quality:
    """Counts of one area. The parts of GAPS: how many have it, or have it wrong."""

    firms: int = 0
    nik: int = 0
    nib: int = 0
    phone: int = 0
    village: int = 0
    kbli: int = 0
    wrong_village: int = 0
    wrong_kbli: int = 0

    def share(self, part: str) -> float | None:
        """Return the share of firms that have a part, 0 to 1; None without firms."""
        return int(getattr(self, part)) / self.firms if self.firms else None

    @property
    def completeness(self) -> float | None:
        """Return the mean share of the five parts; None without firms."""
        shares = [self.share(part) for part in PARTS]
        return sum(share or 0.0 for share in shares) / len(PARTS) if self.firms else None

    @property
    def wrong(self) -> int:
        return self.wrong_village + self.wrong_kbli

    def missing(self, gap: str) -> int:
        """Return in how many firms this is to be fixed."""
        count = int(getattr(self, gap))
        return count if gap in WRONG else self.firms - count

    def gaps(self) -> list[tuple[str, int]]:
        """Return what is to be fixed, the most frequent first; without what is whole."""
        found = [(gap, self.missing(gap)) for gap in GAPS]
        return sorted((one for one in found if one[1]), key=lambda one: -one[1])


@dataclass(frozen=True)
class File:
    """One delivered file: how much of it is filled, and how much was wrong."""

    batch: ImportBatch
    quality: Quality

    @property
    def wrong_share(self) -> float:
        """Return the share of rows that were corrected or rejected."""
        rows = self.batch.rows
        return (self.batch.corrected + self.batch.rejected) / rows if rows else 0.0


def by_regency() -> dict[tuple[int, int | None], Quality]:
    """Return the counts of the whole country by province and regency."""
    with connection.cursor() as database:
        database.execute("SELECT registry_quality_state()")
        key = f"registry.quality:{database.fetchone()[0]}"
        known: dict[tuple[int, int | None], Quality] | None = cache.get(key)
        if known is None:
            database.execute("SELECT * FROM registry_quality()")
            known = {(row[0], row[1]): Quality(*row[2:]) for row in database.fetchall()}
            cache.set(key, known, KEPT_SECONDS)
    return known


def total(parts: Iterable[Quality]) -> Quality:
    """Return the sum of several areas."""
    every = list(parts)
    names = ("firms", *GAPS)
    return Quality(**{name: sum(getattr(one, name) for one in every) for name in names})


def of_areas(areas: Iterable[Area]) -> dict[int, Quality]:
    """Return the counts of provinces or regencies by area id; areas without firms are empty."""
    counted: dict[int, list[Quality]] = {area.pk: [] for area in areas}
    for (province, regency), quality in by_regency().items():
        for key in {province, regency} & counted.keys():
            assert key is not None
            counted[key].append(quality)
    return {key: total(parts) for key, parts in counted.items()}


def rank(chosen: int, among: Mapping[int, Quality]) -> tuple[int, int] | None:
    """Return the place of an area by completeness and how many areas have firms; None without."""
    known = {key: one.completeness for key, one in among.items() if one.completeness is not None}
    if chosen not in known:
        return None
    own = known[chosen]
    assert own is not None
    return 1 + sum(1 for other in known.values() if other is not None and other > own), len(known)


def middle(part: str, among: Mapping[int, Quality]) -> float | None:
    """Return the median share of a part over the areas that have firms."""
    shares = [share for one in among.values() if (share := one.share(part)) is not None]
    return median(shares) if shares else None


def waiting(by: User) -> dict[int, int]:
    """Return how many doubtful pairs wait, by area id; those of several provinces: the country."""
    return _counted(Review.objects.visible_to(by).open())


def merged(by: User) -> dict[int, int]:
    """Return how many merges stand, by area id; those of several provinces: the country."""
    return _counted(Merge.objects.under(by).in_force())


def newest_files(by: User, areas: Iterable[Area]) -> dict[int, ImportBatch]:
    """Return the newest stored list of firms of each office, by area id."""
    files = _files(by).filter(office__in=[area.pk for area in areas])
    newest = files.order_by("office", "-as_of", "-id").distinct("office")
    return {batch.office_id: batch for batch in newest}


def last_files(by: User, office: Area, number: int = 2) -> list[File]:
    """Return the newest lists of one office with what they fill, the newest first."""
    batches = _files(by).filter(office=office).order_by("-as_of", "-id")[:number]
    return [File(batch, _of_file(batch)) for batch in batches]


def siblings(area: Area, on: date) -> list[Area]:
    """Return the areas of the same level beside an area: regencies of its province, provinces."""
    if area.level == "province":
        return list(Area.objects.provinces(on))
    province = province_of(area, on)
    if province is None:
        return [area]
    return list(Area.objects.within(province, on).filter(level="regency"))


def province_of(regency: Area, on: date) -> Area | None:
    """Return the province of a regency on a day; None for what lies in none."""
    return provinces_of([regency], on).get(regency.pk)


def provinces_of(regencies: Iterable[Area], on: date) -> dict[int, Area]:
    """Return the province of each regency that lies in one on a day."""
    above = AreaClosure.objects.filter(descendant__in=list(regencies), ancestor__level="province")
    found = above.filter(valid_from__lte=on).order_by("valid_from").select_related("ancestor")
    return {one.descendant_id: one.ancestor for one in found}  # The newest comes last.


def _files(by: User) -> Any:
    rows = ImportBatch.objects.visible_to(by)
    return rows.filter(kind__in=OF_FIRMS, state=State.DONE, is_newest=True)


def _of_file(batch: ImportBatch) -> Quality:
    with connection.cursor() as database:
        database.execute(OF_FILE, [batch.pk])
        return Quality(*database.fetchone())


def _counted(rows: Any) -> dict[int, int]:
    """Count rows for their regency and their province, and all for the country."""
    counted: dict[int, int] = {}
    places = rows.order_by().values_list("province_id", "regency_id")
    for province, regency, number in places.annotate(n=Count("pk")):
        for key in {province, regency, COUNTRY} - {None}:
            counted[key] = counted.get(key, 0) + number
    return counted
