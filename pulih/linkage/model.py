"""The model, declared once: which pairs are looked at, and what each comparison can say.

Splink trains and explains it, Spark runs it, and our own SQL runs it faster; all three read this
page. Conditions are SQL on the columns of `cleaned`, `_l` and `_r`; `{name}` stands for a
feature. A level's `m` and `u` are where training starts: the share of pairs of one firm, and of
different firms that were looked at, that show it.
"""

from dataclasses import dataclass

from pulih.linkage.levels import (
    BUSINESS,
    CODE,
    EMAIL,
    FAMILY,
    FOUNDED,
    LIST,
    NIK_ALIKE,
    NIK_ROUNDED,
    PERSON,
    PLACE,
    REGISTRATION,
    RELATIVES,
    RELATIVES_BY_CODE,
    SIZE,
)
from pulih.linkage.parts import Comparison, Level

__all__ = ["BLOCKING", "COMPARISONS", "FEATURES", "MODEL", "Blocking", "Comparison", "Level"]


@dataclass(frozen=True)
class Blocking:
    """Records with the same `key` (SQL on `cleaned`) are looked at side by side.

    narrower: what more than `crowd` records of one key must share as well, as SQL. In a country's
    register the largest blocks bring most pairs and, as measured, hardly a firm of their own.
    """

    name: str
    key: str
    reason: str
    narrower: str | None = None
    crowd: int = 20


TRADE = "coalesce(trade_group, '')"


BLOCKING = (
    Blocking(
        "first name in village",
        "village || ' ' || left(first_bones, 3) || ' ' || coalesce(regency, '')",
        "A name spelt otherwise mostly keeps its first consonants.",
        TRADE,
    ),
    Blocking(
        "owner in regency",
        "regency || ' ' || coalesce(owner_sorted, firm_sorted)"
        " || CASE WHEN owner_common > 1 THEN trade_group ELSE '' END",
        "The same name in the same regency; a common one only in the same trade. Where no owner"
        " is named, the firm may bear the owner's name.",
        TRADE,
    ),
    Blocking(
        "last name in village",
        "village || ' ' || left(last_bones, 3) || ' ' || coalesce(regency, '')",
        "A slip in the first name, or a first name left out.",
        TRADE,
    ),
    Blocking(
        "first name in village code",
        "village_code || ' ' || left(first_bones, 3)",
        "The village's name may be misspelt or missing where its code is not.",
        TRADE,
    ),
    Blocking(
        "birth and name",
        "CASE WHEN length(nik) = 16 THEN regency || ' ' || substr(nik, 7, 6) || ' '"
        " || left(last_bones, 3) END",
        "A slip in the NIK mostly leaves the day of birth.",
    ),
    Blocking(
        "firm in regency",
        "regency || ' ' || left(core_bones, 8)",
        "A firm's own words, for owners written otherwise or not at all.",
        TRADE,
    ),
    Blocking("phone", "CASE WHEN NOT phone_shared THEN phone END", "A telephone is a household's."),
    Blocking("nik", "CASE WHEN NOT nik_shared THEN nik END", "A NIK is one person's for life."),
    Blocking(
        "door",
        "village || ' ' || street || ' ' || coalesce(rtrw, house) || ' ' || trade_group",
        "The same door and trade, whatever the names.",
    ),
    Blocking(
        "owner and trade",
        "CASE WHEN owner_common = 0 AND owner_length > 1 THEN owner_sorted || ' ' || trade END",
        "A firm that moved keeps its owner and what it makes; of several namesakes in a trade,"
        " only the one whose firm bears the same name.",
        "core_bones",
        4,
    ),
    Blocking(
        "rare word in regency",
        "regency || ' ' || mark || ' ' || trade_group",
        "One rare word of a firm's name, for names that grew or shrank.",
    ),
    Blocking(
        "owner and firm in regency",
        "regency || ' ' || least(owner_key, firm_key) || ' ' || greatest(owner_key, firm_key)"
        " || CASE WHEN owner_key = firm_key THEN NULL ELSE '' END",
        "Whichever of the two columns each stands in.",
    ),
    Blocking("nib", "nib", "A business number is one business actor's."),
    Blocking("npwp", "npwp", "A tax number is one taxpayer's."),
    Blocking("email", "email", "An address of mail is one person's."),
)
"""Those that bring most pairs come first: a pair is sought under the first rule that brings it."""

FEATURES = {
    "owner_likeness": "CASE WHEN own_sorted_l = own_sorted_r THEN 1.0"
    f" WHEN {FAMILY} THEN jaro_winkler_similarity(own_l, own_r)"
    " ELSE greatest(jaro_winkler_similarity(own_l, own_r),"
    " jaro_winkler_similarity(own_sorted_l, own_sorted_r)) END",
    "nik_slips": f"CASE WHEN nik_l = nik_r THEN 0 WHEN {NIK_ALIKE} AND {NIK_ROUNDED}"
    " THEN levenshtein(CAST(nik_head_l AS STRING), CAST(nik_head_r AS STRING))"
    f" WHEN {NIK_ALIKE} THEN levenshtein(CAST(nik_l AS STRING), CAST(nik_r AS STRING))"
    " WHEN nik_l IS NOT NULL AND nik_r IS NOT NULL THEN 16 END",
    "firm_likeness": "jaro_winkler_similarity(firm_l, firm_r)",
    "core_likeness": "jaro_winkler_similarity(core_l, core_r)",
    "product_likeness": "jaro_winkler_similarity(product_l, product_r)",
    "street_likeness": "jaro_winkler_similarity(street_l, street_r)",
    "district_likeness": "jaro_winkler_similarity(district_name_l, district_name_r)",
    "village_likeness": "jaro_winkler_similarity(village_l, village_r)",
}
"""What is measured once a pair and used by several levels."""
SPELT = ("own", "own_sorted", "firm", "core", "product", "street", "district_name", "village")
"""Texts whose letters are compared; of all others it is only asked whether they are equal."""

COMPARISONS = (PERSON, BUSINESS, CODE, PLACE, REGISTRATION, EMAIL, FOUNDED, SIZE, LIST)
SAID_TOGETHER = (RELATIVES, RELATIVES_BY_CODE)
MODEL = "pulih-linkage-6"
SHIPPED_PRIORS = (0.12, 0.03)
"""Share of the pairs looked at that are of one firm, and of one owner's two firms."""
CAUTION = 1.5
"""Bits taken off one firm against the owner's other one: to merge two is worse than to ask.

Where the curve of both errors bends: docs/benchmarks.md."""
LASTING_CAUTION = 1.0
"""The bits of it that stay whatever reviewers answer; a level's own caution stays as a whole.

As measured on invented registers when it was half of two bits: with none, a thousand answers merge
an owner's two firms five times as often as before; with all of it, they close a third of the gap.
"""
MATCH, REVIEW = 1.0, -4.0
"""Weights in bits from which on a pair is one firm, and worth a person's look.

A match is twice as likely one firm as strangers, and nearly six times as the
owner's other firm.
"""
