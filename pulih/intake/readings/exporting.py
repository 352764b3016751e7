"""Whether a firm exports: yes or no, or the countries that it sells to."""

import re

import polars as pl

from pulih.classifications.negations import NOT
from pulih.intake.readings.reading import Answer, Reading, is_nothing

NEGATED = re.compile(rf"\b(?:{NOT}|nihil)\b")
NO = re.compile(r"^(?:n|t|0%?|false|x|✗|kosong)$")
YES = re.compile(r"^(?:ya|iya|yes|y|ada|sudah|true|1|v|√|✓)\b|^[√✓]")
EXPORTING = re.compile(r"\b(?:e[kx]sport?|e[kx]port|luar negeri|manca\s?negara)\b")
INDIRECT = re.compile(
    r"\b(?:via|lewat|melalui|lwt|oleh|pihak|trader|eksportir|agen|tidak langsung)\b"
)
AT_HOME = re.compile(r"\b(?:lokal|dalam negeri|domestik|nasional|regional)\b")
EITHER = re.compile(
    r"\b(?:ya|y|yes|ada|sudah)\s*(?:/|\||,|atau)\s*(?:tidak|tdk|t|no|n|belum|blm)\b"
)
UNDECIDED = re.compile(
    r"\b(?:insya ?allah|semoga|mungkin|kadang|rencana|akan|mau|ingin|proses|pernah|tapi|tetapi|"
    r"namun|hanya|dulu|sempat|siap|calon|potensi|berpotensi|target|minat|berminat|persiapan|"
    r"rintisan|gagal|batal|dibatalkan|stop|berhenti|terhenti|dihentikan|ditunda|tertunda|vakum|"
    rf"(?:{NOT}|kurang) (?:tahu|tau|jelas|pasti|langsung))\b"
)


COUNTRIES = frozenset(
    [
        "afrika",
        "amerika",
        "amerika serikat",
        "arab",
        "arab saudi",
        "as",
        "asean",
        "asia",
        "australia",
        "austria",
        "bangladesh",
        "belanda",
        "belgia",
        "brasil",
        "brazil",
        "brunei",
        "brunei darussalam",
        "cambodia",
        "canada",
        "chile",
        "china",
        "cina",
        "denmark",
        "dubai",
        "eropa",
        "europe",
        "filipina",
        "finlandia",
        "france",
        "german",
        "germany",
        "hong kong",
        "hongkong",
        "india",
        "inggris",
        "iran",
        "irlandia",
        "italia",
        "italy",
        "japan",
        "jepang",
        "jerman",
        "kamboja",
        "kanada",
        "kenya",
        "korea",
        "korea selatan",
        "kuwait",
        "malaysia",
        "maroko",
        "meksiko",
        "mesir",
        "myanmar",
        "nigeria",
        "norwegia",
        "oman",
        "pakistan",
        "papua nugini",
        "perancis",
        "peru",
        "philippines",
        "polandia",
        "portugal",
        "prancis",
        "qatar",
        "rrt",
        "rusia",
        "saudi",
        "saudi arabia",
        "selandia baru",
        "singapore",
        "singapura",
        "spain",
        "spanyol",
        "sri lanka",
        "swedia",
        "swiss",
        "taiwan",
        "thailand",
        "timor leste",
        "tiongkok",
        "timur tengah",
        "turki",
        "uae",
        "uk",
        "united kingdom",
        "united states",
        "uni eropa",
        "us",
        "usa",
        "uzbekistan",
        "vietnam",
        "yaman",
        "yordania",
        "yunani",
    ]
)


def _names_countries(text: str) -> bool:
    """Say whether every part of a text names a country or a part of the world."""
    parts = re.split(r"\s*(?:[,;/&]|\bdan\b|\band\b|\bke\b)\s*", text.strip(" .()"))
    return all(part.strip(" .") in COUNTRIES for part in parts if part.strip(" ."))


def _exports(text: str) -> Answer:
    bare = text.strip().lower()
    if is_nothing(bare):
        return Answer()
    if EITHER.search(bare):
        return Answer(None, "several_choices")
    is_negated, is_yes = NEGATED.search(bare) is not None, YES.match(bare) is not None
    if UNDECIDED.search(bare) or (is_negated and is_yes and not bare.startswith("sudah")):
        return Answer(None, "unreadable")
    if is_negated or NO.match(bare):
        return Answer("no")
    if is_yes or EXPORTING.search(bare):
        return Answer("yes")
    if AT_HOME.search(bare):
        return Answer("no")
    if re.match(r"^[a-z][a-z ,;/&.()-]{2,}$", bare):  # The countries themselves are written.
        is_sure = not INDIRECT.search(bare) and _names_countries(bare)
        return Answer("yes", None if is_sure else "by_sense")
    return Answer(None, "unreadable")


EXPORTS = Reading(
    pl.String, (lambda text: pl.when(text.is_in(["yes", "no"])).then(text),), _exports
)


def _crossed(text: str) -> Answer:
    return Answer("yes", "by_sense") if text.strip().lower() == "x" else _exports(text)


CROSSED = Reading(pl.String, EXPORTS.plain, _crossed)  # Where nothing else ticks a box.
