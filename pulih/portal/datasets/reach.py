"""How far help reaches: firms that are known, and firms of which somebody was helped."""

from collections.abc import Iterator

from django.db.models import Count, Q

from pulih.common.errors import Message
from pulih.delivery.models import Participant
from pulih.portal.areas import NATION, UNSTATED
from pulih.registry.models import Enterprise

from .base import ALL, Dataset, Measure, Moment, Raw
from .people import counted, everywhere

FIRMS = Message("usaha", "firms")
KNOWN = Measure(
    "known_firms",
    Message("IKM dikenal", "Known firms"),
    Message(
        "Usaha dalam register pada tanggal data, dikenal satu per satu menurut nama, terdampak "
        "atau tidak; satu usaha dihitung sekali.",
        "Firms in the register by the day, each known by name, hit by the crisis or not; one firm "
        "is counted once.",
    ),
    FIRMS,
    "count",
    counts=("maker",),
    differs=Message(
        "Bukan jumlah IKM di Indonesia: hanya yang ada dalam daftar yang diserahkan.",
        "Not the number of firms in the country: those alone that stand in delivered lists.",
    ),
)
HELPED = Measure(
    "helped_firms",
    Message("IKM ditolong", "Firms helped"),
    Message(
        "Usaha dalam register yang orangnya memegang kursi dalam pelatihan yang sudah dimulai pada "
        "tanggal data.",
        "Firms in the register of which somebody has a seat in a training that had begun by the "
        "day.",
    ),
    FIRMS,
    "count",
    within=("known_firms",),
    differs=Message(
        "Peserta yang usahanya tidak ada dalam register tidak termasuk.",
        "Participants whose firm is not in the register are left out.",
    ),
)


def collect(moment: Moment) -> Iterator[Raw]:
    yield from _known(moment)
    whole = {(ALL, "")}
    yield from counted(HELPED, moment, [(area, whole) for area in helped(moment).values()])


def helped(moment: Moment) -> dict[int, str]:
    """The area of each firm of which somebody has a seat in a training that had begun."""
    left = Q(left_on=None) | Q(left_on__gt=moment.as_of)
    seats = Participant.objects.filter(
        left, activity__starts_on__lte=moment.as_of, person__enterprise__isnull=False
    )
    firms = Enterprise.objects.filter(pk__in=seats.values("person__enterprise"))
    found: dict[int, str] = {}
    for key, merged, province, regency in firms.values_list(
        "pk", "merged_into_id", "province_id", "regency_id"
    ):
        if area := _area(moment, province, regency):
            found[merged or key] = area
    return found


def _known(moment: Moment) -> Iterator[Raw]:
    firms = Enterprise.objects.filter(
        first_seen__lte=moment.as_of, is_listed=True, merged_into=None
    ).order_by()
    found: dict[str, int] = {}
    for province, regency, number in firms.values_list("province_id", "regency_id").annotate(
        number=Count("pk")
    ):
        area = _area(moment, province, regency)
        for above in moment.areas.upwards(area) if area else ():
            found[above] = found.get(above, 0) + number
    for area in sorted({*found, NATION}):
        yield Raw(KNOWN.key, area, ALL, "", found.get(area, 0))
    yield from _silent(moment, found)


def _silent(moment: Moment, found: dict[str, int]) -> Iterator[Raw]:
    for area in everywhere(moment):
        if area not in found and area != NATION:
            yield Raw(KNOWN.key, area, ALL, "", None, "[x]")


def _area(moment: Moment, province: int, regency: int | None) -> str:
    """The code of a firm's regency, or of its province's part without one; empty if unknown."""
    code = moment.areas.code_of
    own = code.get(regency, "") if regency else ""
    if own in moment.areas.places:
        return own
    whole = code.get(province, "") + UNSTATED
    return whole if whole in moment.areas.places else ""


DATASET = Dataset(
    "reach",
    Message("Jangkauan", "Reach"),
    Message(
        "Register usaha dan daftar peserta pelatihan", "Register of firms and lists of participants"
    ),
    Message(
        "wilayah yang menyerahkan daftar; yang lain bertanda [x]",
        "areas that delivered a list; the others are marked [x]",
    ),
    (KNOWN, HELPED),
    collect,
)
