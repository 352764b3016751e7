"""New entrepreneurs, from applying to a running firm. No room follows them yet: not recorded."""

from collections.abc import Iterator

from pulih.common.errors import Message

from .base import Dataset, Measure, Moment, Raw, not_recorded
from .proposals import provinces

STAGES = {
    "applied": (Message("mendaftar", "applied"), Message("mendaftar", "applied")),
    "chosen": (Message("terpilih", "chosen"), Message("terpilih", "were chosen")),
    "completed": (
        Message("menyelesaikan pelatihan", "completed training"),
        Message("menyelesaikan pelatihan", "completed their training"),
    ),
    "started": (
        Message("memulai usaha", "started a firm"),
        Message("memulai usaha", "have started a firm"),
    ),
}


def _measure(key: str, label: Message, what: Message) -> Measure:
    return Measure(
        f"entrepreneurs_{key}",
        Message(f"Wirausaha baru: {label.id}", f"New entrepreneurs: {label.en}"),
        Message(
            f"Calon wirausaha baru yang {what.id} sampai tanggal data. Belum dicatat pada rilis "
            "ini.",
            f"Future entrepreneurs who {what.en} up to the day. Not recorded in this release.",
        ),
        Message("orang", "people"),
        "number",
    )


MEASURES = tuple(_measure(key, *words) for key, words in STAGES.items())


def collect(moment: Moment) -> Iterator[Raw]:
    yield from not_recorded(MEASURES, provinces(moment))


DATASET = Dataset(
    "entrepreneurs",
    Message("Wirausaha baru", "New entrepreneurs"),
    Message("belum ada", "none yet"),
    Message("belum ada", "none yet"),
    MEASURES,
    collect,
)
