"""What a whole column shows: swaps, cut digits, the order of day and month, P for pria."""

from collections.abc import Mapping

import polars as pl

from pulih.intake import quick
from pulih.intake.readings import identifiers
from pulih.intake.readings.phones import MOBILE
from pulih.intake.readings.reading import Answer, Reading

SAMPLE = 2_000
ENOUGH = 3
LIKENESS: dict[str, str] = {
    "nik": identifiers.BIRTH,
    "nib": r"^\d{13}$",
    "npwp": r"^(?:\d{15}|\d{2}\.\d{3}\.\d{3}\.\d-?\d{3}\.\d{3})$",
    "phone": MOBILE,
    "email": r"^\S+@\S+\.\S+$",
    "kbli": r"^\d{5}$",
    "owner_sex": r"^(?i:l|p|laki-laki|perempuan)$",
    "year_established": r"^(?:19|20)\d{2}$",
}
FIRM_WORDS = (
    r"(?i)^(?:pt|cv|ud|pd|toko|kub|koperasi|ikm|umkm|warung|bengkel|konveksi|rumah|pabrik|"
    r"home industry)\b|industri"
)
PERSON_WORDS = r"(?i)^(?:h|hj|ibu|bu|bapak|pak|sdr|ny|tn|drs|ir|dra)\.?\s"


def swaps(texts: Mapping[str, pl.Series]) -> list[tuple[str, str]]:
    """Return the pairs of columns whose values stand under each other's headings."""
    samples = {name: _sample(texts[name]) for name in LIKENESS if name in texts}
    found: list[tuple[str, str]] = []
    names = [name for name, sample in samples.items() if len(sample) >= ENOUGH]
    for i, first in enumerate(names):
        for second in names[i + 1 :]:
            if _are_swapped(samples, first, second):
                found.append((first, second))
    if _names_are_swapped(texts):
        found.append(("business_name", "owner_name"))
    return found


def _are_swapped(samples: Mapping[str, pl.Series], first: str, second: str) -> bool:
    ours, theirs = samples[first], samples[second]
    return (
        _share(ours, LIKENESS[second]) >= 0.8
        and _share(theirs, LIKENESS[first]) >= 0.8
        and _share(ours, LIKENESS[first]) <= 0.2
        and _share(theirs, LIKENESS[second]) <= 0.2
    )


def _names_are_swapped(texts: Mapping[str, pl.Series]) -> bool:
    if "business_name" not in texts or "owner_name" not in texts:
        return False
    firms, owners = _sample(texts["business_name"]), _sample(texts["owner_name"])
    if min(len(firms), len(owners)) < ENOUGH:
        return False
    if _share(firms, FIRM_WORDS) > 0.05:
        return False
    as_firms = _share(owners, FIRM_WORDS) - _share(firms, FIRM_WORDS)
    as_persons = _share(firms, PERSON_WORDS) - _share(owners, PERSON_WORDS)
    return as_firms >= 0.4 and as_persons >= 0


def _sample(texts: pl.Series) -> pl.Series:
    written = quick.filled(texts)
    step = len(written) // SAMPLE
    return written.gather_every(step) if step > 1 else written


def _share(texts: pl.Series, pattern: str) -> float:
    is_number = pattern not in (LIKENESS["npwp"], FIRM_WORDS, PERSON_WORDS)
    bare = texts.str.replace_all(r"^'|[\s\-]", "") if is_number else texts
    hits = int(bare.str.contains(pattern).sum())
    return hits / len(bare) if len(bare) else 0.0


def lost_nothing(texts: pl.Series, numeric: pl.Series | None) -> bool:
    """Say whether a column's sixteen-digit numbers show that no last digit was cut to zero."""
    if numeric is None or not numeric.any():
        return False
    return bool(texts.filter(numeric).str.contains(r"^\d{15}[1-9]$").any())


def lost_in_text(texts: pl.Series) -> bool:
    """Say whether a text column was once a spreadsheet's numbers: every sixteenth digit is zero.

    Serial numbers of 0000 only are left alone: nothing says that they were cut.
    """
    whole = texts.filter(texts.str.contains(r"^\d{16}$").fill_null(False))
    if len(whole) < 20 or not whole.str.ends_with("0").all():
        return False
    return not whole.str.ends_with("0000").all()


def with_lost_digits(reading: Reading) -> Reading:
    """Return the reading of a text column whose every last digit was cut."""

    def none(text: pl.Expr) -> pl.Expr:
        return pl.when(pl.lit(False)).then(text)

    def careful(text: str) -> Answer:
        answer = reading.careful(text)
        return Answer(None, "digits_lost") if answer.value else answer

    return Reading(reading.dtype, (none,), careful)


def month_first(texts: pl.Series) -> bool:
    """Say whether a column of days proves the American order: month, day, year."""
    pattern = r"^(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{2,4}"
    texts = texts.unique()
    first = texts.str.extract(pattern, 1).cast(pl.Int64, strict=False)
    second = texts.str.extract(pattern, 2).cast(pl.Int64, strict=False)
    return bool((second > 12).any()) and not bool((first > 12).any())


def only_crosses(texts: pl.Series) -> bool:
    """Say whether a column to tick holds crosses and nothing else: then a cross is a tick."""
    return set(texts.drop_nulls().str.strip_chars().str.to_lowercase().unique().to_list()) == {"x"}


def sex_by_number(texts: pl.Series) -> bool:
    """Say whether a column codes men and women as 1 and 2, both of them there."""
    return set(texts.drop_nulls().str.strip_chars().unique().to_list()) == {"1", "2"}


def man_is_p(texts: pl.Series) -> bool:
    """Say whether a column writes P for pria beside W for wanita."""
    written = set(texts.drop_nulls().str.strip_chars(" .").str.to_uppercase().unique().to_list())
    return "P" in written and "W" in written and "L" not in written
