"""What is odd about the identities of an office's firms, told without a whole NIK."""

from dataclasses import dataclass
from functools import cache

import polars as pl

from pulih import places
from pulih.areas.models import COUNTRY, Area, Level
from pulih.inbox import bulk
from pulih.people.models import User
from pulih.people.number_cipher import decrypt_column, decrypt_texts
from pulih.places import Scheme
from pulih.web.masks import mask_nik

from . import names
from .nik import Doubt, doubts

SEVERAL = "several_owners"
ODD = """
    SELECT id, name, owner_name, owner_sex, nik FROM registry_enterprise
    WHERE is_listed AND merged_into_id IS NULL AND nik IS NOT NULL {where}
    ORDER BY id
"""
# What the rows of merged firms said: the firm they became bears one name and one number alone.
SAID = """
    SELECT firm.id, firm.name, said.owner_name, said.owner_sex, said.nik
    FROM registry_enterprise AS member
    JOIN registry_enterprise AS firm
        ON firm.id = coalesce(member.merged_into_id, member.id) AND firm.is_listed
    JOIN registry_enterprisesource AS link ON link.enterprise_id = member.id
    JOIN inbox_sourcerecord AS record ON record.id = link.source_record_id
    JOIN inbox_standing() AS list ON list.id = record.batch_id
    CROSS JOIN LATERAL jsonb_to_record(record.values)
        AS said (owner_name text, owner_sex text, nik text)
    WHERE (member.merged_into_id IS NOT NULL OR member.id IN (
            SELECT merged_into_id FROM registry_enterprise WHERE merged_into_id IS NOT NULL))
        AND NOT EXISTS (SELECT 1 FROM registry_splitmove AS moved
            WHERE moved.source_record_id = record.id AND moved.undone_at IS NULL)
        AND said.nik IS NOT NULL {where}
    ORDER BY record.id
"""
TYPES = {
    "id": pl.Int64,
    **dict.fromkeys(("name", "owner_name", "owner_sex", "nik"), pl.String),
}


@dataclass(frozen=True)
class OddIdentity:
    """kind: `several_owners`, or a Doubt. nik: cut. firms: id and name of each that bears it."""

    kind: str
    nik: str
    firms: list[tuple[int, str]]
    owners: list[str]


def odd_identities(by: User, area: Area) -> list[OddIdentity]:
    """Return what is odd about the NIK of an area's firms, those borne by most firms first.

    One NIK with owners whose names share no word, also among the rows of firms that were merged;
    and every NIK that contradicts itself or the owner's sex. Sees what `by` sees; every NIK is cut.
    """
    if not by.covers(area):
        return []
    rows = _opened(bulk.fetch(ODD.format(where=_within(area)), TYPES))
    said = _opened(bulk.fetch(SAID.format(where=_within(area, "firm.")), TYPES))
    return [*_of_several(pl.concat([rows, said])), *_in_doubt(rows)]


def _opened(rows: pl.DataFrame) -> pl.DataFrame:
    opened = rows.with_columns(decrypt_column(rows["nik"]), decrypt_texts(rows["owner_name"]))
    return opened.filter(pl.col("nik").is_not_null())


def counts(found: list[OddIdentity]) -> dict[str, int]:
    """Return how many there are of each kind."""
    kinds = (SEVERAL, *Doubt)
    return {kind: sum(one.kind == kind for one in found) for kind in kinds}


def _of_several(rows: pl.DataFrame) -> list[OddIdentity]:
    """Return every NIK that stands beside names of different people."""
    owned = rows.filter(pl.col("owner_name").is_not_null())
    several = (
        owned.with_columns(names.normalised(pl.col("owner_name")).alias("person"))
        .group_by("nik", maintain_order=True)
        .agg("id", "name", "owner_name", "person")
        .filter(pl.col("person").list.n_unique() > 1)
    )
    found = [
        _odd(SEVERAL, row) for row in several.iter_rows(named=True) if _are_different(row["person"])
    ]
    return sorted(found, key=lambda one: (-len(one.firms), one.firms))


def _are_different(people: list[str | None]) -> bool:
    """Tell whether any two of these names share no word at all: more than another spelling."""
    words = [set(person.split()) for person in people if person]
    return any(not (one & other) for one in words for other in words)


def _in_doubt(rows: pl.DataFrame) -> list[OddIdentity]:
    doubt = doubts(pl.col("nik"), pl.col("owner_sex"), _regency_codes()).alias("doubt")
    doubtful = (
        rows.with_columns(doubt)
        .filter(pl.col("doubt").is_not_null())
        .group_by("doubt", "nik", maintain_order=True)
        .agg("id", "name", "owner_name")
    )
    return [_odd(row["doubt"], row) for row in doubtful.iter_rows(named=True)]


def _odd(kind: str, row: dict[str, list[str]]) -> OddIdentity:
    firms = list(
        dict.fromkeys((int(pk), name) for pk, name in zip(row["id"], row["name"], strict=True))
    )
    owners = list(dict.fromkeys(name for name in row["owner_name"] if name))
    return OddIdentity(kind, mask_nik(str(row["nik"])), firms, owners)


@cache
def _regency_codes() -> frozenset[str]:
    return frozenset(
        code.value
        for place in places.all_places()
        if place.level == places.Level.REGENCY
        for code in places.dated_codes(place, Scheme.KEMENDAGRI)
    )


def _within(area: Area, table: str = "") -> str:
    if area.pk == COUNTRY:
        return ""
    column = "regency_id" if area.level == Level.REGENCY else "province_id"
    return f"AND {table}{column} = {int(area.pk)}"
