"""How offices write a place: prefixes, abbreviations, blanks and signs made one."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from pulih.places import tables
from pulih.places.model import Level, Place

PROVINCE, REGENCY, CITY = "province", "regency", "city"

KIND_WORDS = {
    **dict.fromkeys(("provinsi", "prov", "propinsi", "prop", "province", "pemprov"), PROVINCE),
    **dict.fromkeys(("kabupaten", "kab", "kabupatn", "kabupten", "regency", "pemkab"), REGENCY),
    **dict.fromkeys(("kota", "kotamadya", "kodya", "kotamadia", "city", "pemkot"), CITY),
}
EMPTY_WORDS = {"adm", "administrasi", "administratif", "pemerintah", "pemda", "daerah"}
SHORT_WORDS = {
    "kep": "kepulauan",
    "sel": "selatan",
    "tim": "timur",
    "bar": "barat",
    "teng": "tengah",
    "jkt": "jakarta",
    "tj": "tanjung",
    "tjg": "tanjung",
    "gn": "gunung",
    "sumatra": "sumatera",
    "sul": "sulawesi",
    "kal": "kalimantan",
    "nusatenggara": "nusa tenggara",
}
GLUED = re.compile(r"(kabupaten|kab|kotamadya|kodya|kota|provinsi|prov)(\w{4,})")
LEADING = ("Kepulauan ", "Pulau ")


@dataclass(frozen=True, slots=True)
class Reading:
    """A written name: `base` without blanks and kind word; `kind` where one was written."""

    base: str
    kind: str | None


def read(text: str) -> list[Reading]:
    """Return the ways to read a written name, the likeliest first.

    `Kota Baru` may be the regency Kotabaru before it is a city called Baru.
    """
    words = _words(text)
    whole = Reading("".join(words), None)
    readings = [whole, *_without_kind(words)]
    if glued := GLUED.fullmatch(whole.base):
        readings.append(Reading(glued[2], KIND_WORDS[glued[1]]))
    letters = [word for word in words if not word.isdigit()]
    if letters and letters != words:
        readings += [Reading("".join(letters), None), *_without_kind(letters)]
    return [one for one in dict.fromkeys(readings) if one.base]


def kind_of(place: Place) -> str:
    """Return the kind word that suits a place: province, regency or city."""
    return CITY if place.is_city else str(place.level)


@cache
def by_base() -> dict[str, tuple[Place, ...]]:
    """Return the places that a bare, blankless name may mean."""
    found: dict[str, dict[Place, None]] = defaultdict(dict)
    for place in tables.places().values():
        found[squeezed(place.bare_name)][place] = None
        for former in tables.former_names().get(place.key, ()):
            found[squeezed(former.value.split(" ", 1)[1])][place] = None
    by_name = {place.name: place for place in tables.places().values()}
    for row in tables.rows("spellings"):
        found[squeezed(row["spelling"])][by_name[row["name"]]] = None
    for short, place in _without_islands().items():
        found.setdefault(short, {place: None})
    return {base: tuple(places) for base, places in found.items()}


def other_names(name: str) -> list[str]:
    """How a place is called besides its name: short forms, English, old spellings, as listed."""
    return _other_names().get(name, [])


@cache
def _other_names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in tables.rows("spellings"):
        found[row["name"]].append(row["spelling"])
    return found


def squeezed(text: str) -> str:
    """Return the name without blanks, signs and accents, in small letters, words written out."""
    return "".join(_words(text))


def _without_islands() -> dict[str, Place]:
    """`Selayar` for `Kepulauan Selayar`, `Morotai` for `Pulau Morotai`."""
    return {
        squeezed(place.bare_name.removeprefix(word)): place
        for place in tables.places().values()
        for word in LEADING
        if place.level is not Level.COUNTRY and place.bare_name.startswith(word)
    }


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return [SHORT_WORDS.get(word, word) for word in re.findall(r"[a-z]+|\d+", plain)]


def _without_kind(words: list[str]) -> Iterator[Reading]:
    """Take ever more kind words off the front, or else one off the end (`Bandung, Kota`).

    `Kab. Kota Baru` is the regency Kotabaru; `Kab./Kota Bandung` says nothing of the kind.
    """
    known = KIND_WORDS.keys() | EMPTY_WORDS
    front = list(takewhile(known.__contains__, words))
    for count in range(1, len(front) + 1):
        rest = [word for word in words[count:] if word not in ("adm", "administrasi")]
        yield Reading("".join(rest), _kind(front[:count]))
    if not front and words and words[-1] in KIND_WORDS:
        yield Reading("".join(words[:-1]), KIND_WORDS[words[-1]])


def _kind(words: list[str]) -> str | None:
    """Return the kind that the words say, None if they say none or two."""
    kinds = {KIND_WORDS[word] for word in words if word in KIND_WORDS}
    return kinds.pop() if len(kinds) == 1 else None
