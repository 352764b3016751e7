"""The public figures of the programme, each quoted with its source, its day and its coverage."""

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

REPORTED_ON = date(2020, 6, 15)


@dataclass(frozen=True)
class Figure:
    """One quoted figure. value: whole rupiah, firms or workers; never rounded further than quoted.

    quoted: the figure as its source prints it. differs: rival figures and why, for the reader.
    """

    key: str
    value: int
    quoted_indonesian: str
    quoted_en: str
    definition_indonesian: str
    definition_en: str
    as_of: date
    source: str
    coverage_indonesian: str
    coverage_en: str
    differs_indonesian: str = ""
    differs_en: str = ""


@dataclass(frozen=True)
class SourceOfFigures:
    """Where figures were read. verified: read in a stored page, not remembered."""

    code: str
    title: str
    publisher: str
    published_on: date
    verified: bool


_DATA = tomllib.loads(
    files(__package__).joinpath("data", "figures.toml").read_text(encoding="utf-8")
)
FIGURES = tuple(Figure(**entry) for entry in _DATA["figure"])
SOURCES = tuple(SourceOfFigures(**entry) for entry in _DATA["source"])

# What the same release splits the IKM share into, whole rupiah. Source: SRC-02.
CENTRAL_LINES = {
    "new_entrepreneurs_central": 33_610_000_000 - 24_900_000_000,
    "cluster_materials": 11_350_000_000,
    "machine_renewal": 11_940_000_000,
    "product_development": 3_000_000_000,
}

# Establishments by province where a public page names them; Kemendagri codes. Source: SRC-03.
ESTABLISHMENTS = {
    "33": 898_162,
    "35": 828_482,
    "32": 625_943,
    "51": 149_516,
    "34": 137_499,
    "64": 24_644,
    "91": 12_094,
    "65": 4_963,
    "92": 4_558,
}
ESTABLISHMENTS_OF_ALL = 4_209_817
JAVA = ("31", "32", "33", "34", "35", "36")
JAVA_SHARE = 0.6311
MALUKU_AND_PAPUA = ("81", "82", "91", "92")
MALUKU_AND_PAPUA_SHARE = 0.0125

# "Almost Rp800 m" in one provincial report; taken as Rp796.4 m. Source: SRC-04.
KALTARA_CEILING = 796_400_000
DECONCENTRATION = 24_900_000_000
