"""Words out of a known list: sex, yes or no, business status, and lists of codes."""

import re
from collections.abc import Callable, Iterable

import polars as pl

from pulih.intake.readings.reading import NOTHING_WRITTEN, Answer, Reading, is_nothing

BLANK_WORDS = (*NOTHING_WRITTEN, "nihil", "kosong")
UNCHOSEN = (
    "-- Pilih --",
    "--Pilih--",
    "- Pilih -",
    "-Pilih-",
    "Pilih",
    "pilih",
    "Pilih salah satu",
)
BLANK_SPELLINGS = sorted(
    {*UNCHOSEN, *(word for one in BLANK_WORDS for word in (one, one.upper(), one.capitalize()))}
)
LEGAL_FORMS = (
    "PT",
    "CV",
    "UD",
    "PD",
    "FA",
    "PO",
    "KUB",
    "KSU",
    "KOPERASI",
    "YAYASAN",
    "PERUM",
    "BUMDES",
)
LEGAL_FORM = (
    r"(?i)(?:^|[\s,(])(PT|C\.?V|U\.?D|P\.?D|FA|PO|KUBE?|KSU|KOPERASI|KOP|YAYASAN|PERUM|BUMDES)"
    r"(?:\.|\b)(?:[\s.,)]|$|\w)"
)


UNSEEN = "[\u00ad\u200b-\u200d\u2060\ufeff]"  # Pasted from pages and documents; nobody sees them.


def _text(text: pl.Expr) -> pl.Expr:
    """Collapse blanks of every kind; only a text with several, or with an odd one, is touched."""
    bare = text.str.replace_all(UNSEEN, "").str.replace_all(r"\s+", " ").str.strip_chars(" ")
    return pl.when(text.str.contains(rf"\s\s|[^\S ]|{UNSEEN}")).then(bare).otherwise(text)


def _kept(text: pl.Expr) -> pl.Expr:
    return pl.when(~text.is_in(BLANK_SPELLINGS)).then(_text(text))


TEXT = Reading(pl.String, (_kept,), lambda text: Answer())

LONGEST_NAME = 300  # Letters of a name or an address; what is longer was pasted there.


def _named(text: pl.Expr) -> pl.Expr:
    is_name = text.str.contains(r"[\p{L}\p{N}]") & (text.str.len_chars() <= LONGEST_NAME)
    return pl.when(is_name).then(_kept(text))


def _unnamed(text: str) -> Answer:
    is_blank = is_nothing(text) or text.strip() in BLANK_SPELLINGS
    return Answer() if is_blank else Answer(None, "unreadable")


NAME = Reading(pl.String, (_named,), _unnamed)  # Of somebody or of a place: it has letters.
FREE = (TEXT, NAME)  # What any words suit.

SEX_NUMBERS = {"1": "L", "2": "P"}
SEXES = {
    **dict.fromkeys(
        (
            "l",
            "lk",
            "laki-laki",
            "laki",
            "laki laki",
            "laki2",
            "lk2",
            "pria",
            "male",
            "m",
            "lelaki",
            "cowok",
        ),
        "L",
    ),
    **dict.fromkeys(
        ("p", "pr", "perempuan", "wanita", "w", "wnt", "female", "f", "prp", "prmpn", "cewek"), "P"
    ),
}


def sexes(man_is_p: bool = False, by_number: bool = False) -> Reading:
    """Return the reading of L or P.

    man_is_p: the column writes P and W (pria, wanita). by_number: 1 is a man and 2 a woman, as BPS
    codes them.
    """

    def plain(text: pl.Expr) -> pl.Expr:
        sure = [] if man_is_p else ["L", "P"]
        return pl.when(text.is_in(sure)).then(text)

    def careful(text: str) -> Answer:
        bare = re.sub(r"\s*-\s*", "-", text.strip().lower().strip(".()"))
        if is_nothing(bare):
            return Answer()
        if man_is_p and bare == "p":
            return Answer("L")
        if by_number and bare in SEX_NUMBERS:
            return Answer(SEX_NUMBERS[bare], "by_sense")
        value = SEXES.get(bare.replace("_", " "))
        return Answer(value, None if value else "unreadable")

    return Reading(pl.String, (plain,), careful)


def codes(joined: Callable[[str], str], known: Iterable[str]) -> Reading:
    """Return the reading of a list: `;`-joined codes in the order written, unknown ones too."""
    words = list(known)

    def plain(text: pl.Expr) -> pl.Expr:
        return pl.when(text.is_in(words)).then(text)

    return Reading(pl.String, (plain,), lambda text: Answer(joined(text) or None))


def _period(text: str) -> Answer:
    bare = text.strip().lower()
    if is_nothing(bare):
        return Answer()
    if re.search(r"bulan|bln|month", bare):
        return Answer("month")
    if re.search(r"tahun|thn|year|annual", bare):
        return Answer("year")
    return Answer(None, "unreadable")


PERIODS = Reading(
    pl.String, (lambda text: pl.when(text.is_in(["month", "year"])).then(text),), _period
)
