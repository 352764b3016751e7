"""The catalogue of all datasets in DCAT-AP 3, as JSON-LD and as Turtle, and a Satu Data sheet each.

Both forms are written from one tree of nodes, so that they say the same. The vocabularies of themes
and file types are those of the EU's publications office, as DCAT-AP asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulih.common.errors import Message

from .rows import About

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EU = "http://publications.europa.eu/resource/authority"
FILE_TYPES = {"csv": "CSV", "json": "JSON", "xlsx": "XLSX", "parquet": "PARQUET"}
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
MEDIA = "http://www.iana.org/assignments/media-types/"
THEMES = ("ECON", "GOVE")
Node = dict[str, Any]
Words = Mapping[str, Any]


@dataclass(frozen=True)
class Listed:
    """One dataset: its key, its words in both languages, and the paths of its files.

    parts: what each file holds, in both languages, where the title does not say it already.
    """

    key: str
    title: tuple[str, str]
    description: tuple[str, str]
    paths: tuple[str, ...]
    parts: tuple[tuple[str, str], ...] = ()


STANDARDS = (
    Listed(
        "ocds",
        ("Kontrak dan pembayarannya (OCDS 1.1)", "Contracts and their payments (OCDS 1.1)"),
        (
            "Setiap komitmen sebagai satu proses, beserta perubahan dan SP2D-nya.",
            "Each commitment as one process, with its changes and payments.",
        ),
        ("ocds/releases.json", "ocds/records.json"),
        (
            ("satu isian per dokumen", "one release a document"),
            ("satu isian per kontrak", "one record a contract"),
        ),
    ),
    Listed(
        "fiscal",
        ("Anggaran per baris (Fiscal Data Package)", "Budget by line (Fiscal Data Package)"),
        (
            "Lima nilai setiap baris anggaran, dan setiap pembayaran.",
            "The five amounts of each budget line, and every payment.",
        ),
        ("fiscal/datapackage.json", "fiscal/lines.csv", "fiscal/payments.csv"),
        (
            ("keterangan paket", "description of the package"),
            ("baris anggaran", "budget lines"),
            ("pembayaran", "payments"),
        ),
    ),
    Listed(
        "grants",
        ("Barang yang diserahkan (360Giving 1.4)", "Goods handed over (360Giving 1.4)"),
        (
            "Barang yang diserahkan kepada badan; orang tidak dinamai.",
            "Goods handed over to bodies; persons are not named.",
        ),
        ("grants/360giving.json",),
    ),
    Listed(
        "handovers",
        ("Barang per penerima", "Goods by receiver"),
        (
            "Setiap serah terima (BAST) kepada lembaga atau badan, dengan SP2D yang membayarnya.",
            "Each hand-over (BAST) to an office or body, with the payments (SP2D) behind it.",
        ),
        ("goods/handovers.csv",),
    ),
)


def title_of(stem: str) -> Message | None:
    """What a file of a standard holds, by its path without ending; None for every other file."""
    for one in STANDARDS:
        stems = [path.rpartition(".")[0] for path in one.paths]
        if stem in stems:
            part = one.parts[stems.index(stem)] if one.parts else ("", "")
            return Message(
                *(": ".join(filter(None, pair)) for pair in zip(one.title, part, strict=True))
            )
    return None


def listed(measures: Mapping[str, Words]) -> list[Listed]:
    """The datasets of a release, from what each of its measures means."""
    by_dataset: dict[str, list[Words]] = {}
    for means in measures.values():
        by_dataset.setdefault(str(means["dataset"]), []).append(means)
    return [_listed(key, every) for key, every in sorted(by_dataset.items())]


def _listed(key: str, every: Sequence[Words]) -> Listed:
    held, first = _labels(every), every[0]
    # A release of an older program has no title of a dataset: what it holds stands for it.
    titles = tuple(str(first.get(f"title_{code}", held[code])) for code in held)
    texts = (
        f"{held['id']}. Cakupan: {first['coverage_id']}. Sumber: {first['source_id']}.",
        f"{held['en']}. Coverage: {first['coverage_en']}. Source: {first['source_en']}.",
    )
    paths = tuple(f"{key}.{suffix}" for suffix in FILE_TYPES)
    return Listed(key, (titles[0], titles[1]), texts, paths)


def _labels(every: Sequence[Words]) -> dict[str, str]:
    return {code: "; ".join(str(one[f"label_{code}"]) for one in every) for code in ("id", "en")}


def catalogue(about: About, datasets: Sequence[Listed]) -> Node:
    """Return the tree of the catalogue. `@id` alone is a reference; a list, several values."""
    return {
        "@id": f"{about.site}/data/catalog",
        "@type": "dcat:Catalog",
        "dct:title": _said("Data terbuka Pulih", "Pulih open data"),
        "dct:description": _said(
            "Dukungan bagi industri kecil dan menengah: dampak, anggaran, dan penyerahan.",
            "Support for small and medium industry: impact, budget and hand-over.",
        ),
        "dct:publisher": _publisher(about),
        "dct:license": {"@id": about.licence},
        "dct:language": [{"@id": f"{EU}/language/IND"}, {"@id": f"{EU}/language/ENG"}],
        "dct:modified": _day(about.as_of.isoformat()),
        "foaf:homepage": {"@id": f"{about.site}/"},
        "dcat:themeTaxonomy": {"@id": f"{EU}/data-theme"},
        "dcat:dataset": [_dataset(about, one) for one in datasets],
    }


def _dataset(about: About, one: Listed) -> Node:
    return {
        "@id": f"{about.site}/data/dataset/{one.key}",
        "@type": "dcat:Dataset",
        "dct:identifier": one.key,
        "dct:title": _said(*one.title),
        "dct:description": _said(*one.description),
        "dct:publisher": {"@id": f"{about.site}/#publisher"},
        "dct:spatial": {"@id": f"{EU}/country/IDN"},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(f"{about.as_of.year}-01-01"),
            "dcat:endDate": _day(about.as_of.isoformat()),
        },
        "dcat:theme": [{"@id": f"{EU}/data-theme/{theme}"} for theme in THEMES],
        "dcat:version": about.number,
        "dcat:distribution": [_distribution(about, path) for path in one.paths],
    }


def _distribution(about: About, path: str) -> Node:
    suffix = path.rpartition(".")[2]
    return {
        "@id": about.address(path),
        "@type": "dcat:Distribution",
        "dct:title": path,
        "dct:license": {"@id": about.licence},
        "dct:format": {"@id": f"{EU}/file-type/{FILE_TYPES[suffix]}"},
        "dcat:accessURL": {"@id": about.address(path)},
        "dcat:downloadURL": {"@id": about.address(path)},
        "dcat:mediaType": {"@id": f"{MEDIA}{MEDIA_TYPES[suffix]}"},
    }


def _publisher(about: About) -> Node:
    return {
        "@id": f"{about.site}/#publisher",
        "@type": "foaf:Agent",
        "foaf:name": about.publisher,
    }


def _said(in_indonesian: str, in_english: str) -> list[Node]:
    return [
        {"@value": in_indonesian, "@language": "id"},
        {"@value": in_english, "@language": "en"},
    ]


def _day(text: str) -> Node:
    return {"@value": text, "@type": "xsd:date"}


def as_jsonld(tree: Node) -> str:
    return json.dumps({"@context": PREFIXES, **tree}, ensure_ascii=False, indent=1) + "\n"


def as_turtle(tree: Node) -> str:
    heads = [f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items()]
    blocks = [_block(node) for node in _nodes(tree)]
    return "".join(heads) + "\n" + "\n".join(blocks)


def _nodes(tree: Node) -> Iterator[Node]:
    """Yield every node that has an address and says something, the outermost first."""
    if "@id" in tree and len(tree) > 1:
        yield tree
    for value in tree.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from _nodes(one)


def _block(node: Node) -> str:
    statements = " ;\n  ".join(_statements(node))
    return f"<{node['@id']}> {statements} .\n"


def _statements(node: Node) -> Iterator[str]:
    if "@type" in node:
        yield f"a {node['@type']}"
    for name, value in node.items():
        if not name.startswith("@"):
            values = value if isinstance(value, list) else [value]
            yield f"{name} {', '.join(_term(one) for one in values)}"


def _term(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if "@id" in value:
        return f"<{value['@id']}>"
    if "@value" in value:
        kind = f"@{value['@language']}" if "@language" in value else f"^^{value['@type']}"
        return _quoted(value["@value"]) + kind
    return f"[ {' ; '.join(_statements(value))} ]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def sheet(key: str, measures: Mapping[str, Words]) -> Node:
    """Return the Satu Data sheet of a dataset: concept, definition, classification, measure, unit.

    The form of the sheet is from memory, so it says that it is not verified.
    """
    kinds = {"count": "cacah", "sum": "jumlah", "money": "nilai uang", "number": "cacah"}
    return {
        "dataset": key,
        "verified": "no",
        "standar": [
            {
                "kode": code,
                "konsep": means["label_id"],
                "definisi": means["definition_id"],
                "klasifikasi": list(means["dimensions"]),
                "ukuran": kinds.get(str(means["kind"]), str(means["kind"])),
                "satuan": means["unit_id"],
            }
            for code, means in measures.items()
            if means["dataset"] == key
        ],
    }
