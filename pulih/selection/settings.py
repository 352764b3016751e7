"""The settings of a case: `case.toml` into `Settings`, or everything wrong with them."""

from collections.abc import Mapping

from pulih.casefiles.settings import MISSING, settings_fault, whole
from pulih.common.errors import Fault, Message
from pulih.selection.case import Settings

NAMES = ("title", "year", "seed", "exclusive")

NO_TEXT = Message("Judul harus berupa teks.", "The title must be text.")
NO_YEAR = Message(
    "Tahun harus bilangan bulat, 0 atau lebih.", "The year must be a whole number, 0 or more."
)
NO_SEED = Message(
    "Tulis benih undian yang diumumkan sebagai teks; tidak boleh kosong.",
    "Write the published seed of the draw as text; it must not be blank.",
)
NO_COLUMNS = Message(
    'Isi daftar nama kolom, misalnya ["household"], atau [] bila tidak ada.',
    'Write a list of column names, for example ["household"], or [] for none.',
)


def settings_from(raw: Mapping[str, object]) -> tuple[Settings | None, list[Fault]]:
    """Give the settings, None with any fault."""
    faults = [settings_fault(name, None, MISSING) for name in NAMES if name not in raw]
    for name, is_wrong, message in (
        ("title", lambda value: not isinstance(value, str), NO_TEXT),
        ("year", _is_no_year, NO_YEAR),
        ("seed", lambda value: not isinstance(value, str) or not value.strip(), NO_SEED),
        ("exclusive", lambda value: _names(value) is None, NO_COLUMNS),
    ):
        if name in raw and is_wrong(raw[name]):
            faults.append(settings_fault(name, raw[name], message))
    return (None if faults else _settings(raw)), faults


def _settings(raw: Mapping[str, object]) -> Settings:
    return Settings(
        title=str(raw["title"]).strip(),
        year=whole(raw["year"]) or 0,
        seed=str(raw["seed"]),
        exclusive=_names(raw["exclusive"]) or (),
    )


def _is_no_year(value: object) -> bool:
    number = whole(value)
    return number is None or number < 0


def _names(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list | tuple):
        return None
    names = [name.strip() for name in value if isinstance(name, str)]
    if len(names) != len(value) or not all(names):
        return None
    return tuple(dict.fromkeys(names))
