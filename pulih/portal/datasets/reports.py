"""Reports of offices (PP 39/2006): how many were due, and which came in time."""

from collections import Counter
from collections.abc import Iterator

from pulih.common.errors import Message
from pulih.monitoring.board import Duty, board
from pulih.monitoring.rules.reports import NAMES
from pulih.people.models import User
from pulih.people.scope import SYSTEM_USERNAME

from .base import ALL, Dataset, Measure, Moment, Raw, not_recorded, summed
from .proposals import provinces

REPORT_STATES = {
    "on_time": Message("tepat waktu", "in time"),
    "late": Message("terlambat", "late"),
    "overdue": Message("belum masuk", "not filed"),
}
DUE = Measure(
    "reports_due",
    Message("Laporan jatuh tempo", "Reports due"),
    Message(
        "Formulir A, B, dan C per triwulan yang jatuh tempo sampai tanggal data.",
        "Forms A, B and C by quarter that were due up to the day.",
    ),
    Message("laporan", "reports"),
    "number",
)
ON_TIME = Measure(
    "reports_on_time",
    Message("Laporan tepat waktu", "Reports in time"),
    Message(
        "Laporan itu yang masuk sampai hari jatuh temponya, menurut jam kantornya.",
        "Those of them that were filed by their day, on the office's clock.",
    ),
    Message("laporan", "reports"),
    "number",
)


def collect(moment: Moment) -> Iterator[Raw]:
    found = [duty for duty in _duties(moment) if duty.due <= moment.as_of]
    if not found:
        yield from not_recorded((DUE, ON_TIME), provinces(moment))
        return
    due: Counter[tuple[str, str, str]] = Counter()
    on_time: Counter[tuple[str, str, str]] = Counter()
    for duty in found:
        state = duty.status.state if duty.status.state in REPORT_STATES else "overdue"
        keys = _keys(moment, duty)
        for key in (*keys, (keys[0][0], "standing", state)):
            due[key] += 1
        for key in keys:
            on_time[key] += state == "on_time"
    yield from summed(DUE.key, moment.areas, due, provinces(moment))
    yield from summed(ON_TIME.key, moment.areas, on_time, provinces(moment))


def _keys(moment: Moment, duty: Duty) -> list[tuple[str, str, str]]:
    """Where a duty counts. Units at the centre lie in no province, so each unit is named."""
    area = moment.areas.code_of[duty.province.pk]
    own = [(area, "unit", duty.unit.code)] if duty.unit else []
    return [(area, ALL, ""), (area, "form", duty.chain.form), *own]


def _duties(moment: Moment) -> Iterator[Duty]:
    """What every office owed for the quarters of the year, as the board says it of that day."""
    system = User.objects.get(username=SYSTEM_USERNAME)
    for quarter in (1, 2, 3, 4):
        for duty in board(system, moment.as_of.year, quarter, moment.end):
            if duty.province.pk in moment.areas.code_of:
                yield duty


def words(dimension: str, category: str) -> Message | None:
    if dimension == "form":
        return NAMES.get(category)
    return REPORT_STATES.get(category) if dimension == "standing" else None


DATASET = Dataset(
    "reports",
    Message("Laporan tepat waktu", "Reports in time"),
    Message("Laporan berkala yang masuk ke Pulih", "Periodic reports filed in Pulih"),
    Message("satker dan provinsi yang wajib lapor", "units and provinces that owe reports"),
    (DUE, ON_TIME),
    collect,
    words,
)
