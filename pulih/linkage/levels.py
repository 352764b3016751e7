"""The comparisons and their levels, each with its reason."""

from pulih.linkage.parts import Comparison, Level

NIK_KNOWN = "(nik_valid_l AND nik_valid_r)"
NIK_SAME = "(nik_l = nik_r AND NOT nik_shared_l)"
NIK_NEAR = "({nik_slips} <= 2 AND NOT nik_shared_l AND NOT nik_shared_r)"
NIK_DIFFERS = "(nik_valid_l AND nik_valid_r AND {nik_slips} > 2)"
PHONE_SAME = "(phone_l = phone_r AND NOT phone_shared_l)"
SEX_AGREES = "(sex_l = sex_r OR sex_l IS NULL OR sex_r IS NULL)"
OWNER_SAME = "(owner_sorted_l = owner_sorted_r)"
OWNER_CLOSE = f"({{owner_likeness}} >= 0.90 AND {SEX_AGREES})"
OWNER_PART = (
    "((owner_first_l = owner_first_r OR owner_last_l = owner_last_r OR owner_first_l = owner_last_r"
    " OR owner_last_l = owner_first_r OR {owner_likeness} >= 0.80 OR first_bones_l = first_bones_r)"
    f" AND {SEX_AGREES})"
)
"""Half a name: a word left out, an initial, a name as it is said at home."""
SWAPPED = "(owner_l = firm_r OR owner_r = firm_l)"

PERSON = Comparison(
    "person",
    "NOT coalesce(nik_l = nik_r, false) AND NOT coalesce(phone_l = phone_r, false)"
    f" AND NOT coalesce({SWAPPED}, false) AND (owner_l IS NULL OR owner_r IS NULL)"
    f" AND NOT coalesce({NIK_KNOWN}, false)",
    (
        Level("nik and owner", f"{NIK_SAME} AND coalesce({OWNER_PART} OR {SWAPPED}, true)",
              0.36, 0.01, "nik=same; owner={owner}", "One person, as sure as paper can be."),
        Level("nik alone", NIK_SAME, 0.01, 0.001, "nik=same; owner=differs",
              "A clerk may have typed a neighbour's NIK."),
        Level("nik nearly", f"{NIK_NEAR} AND ({OWNER_CLOSE} OR {OWNER_PART})",
              0.06, 0.002, "nik=near; owner={owner}", "A slip in one digit, or digits cut off."),
        Level("contrary niks, one name", f"{NIK_DIFFERS} AND ({OWNER_SAME} OR {OWNER_CLOSE})",
              0.002, 0.04, "nik=differs; owner={owner}", "Namesakes.", is_fixed=True),
        Level("contrary niks", f"{NIK_DIFFERS}",
              0.002, 0.40, "nik=differs; owner={owner}", "Two persons.", is_fixed=True),
        Level("owner and phone", f"{PHONE_SAME} AND {OWNER_SAME}",
              0.10, 0.002, "owner=same; phone=same", "One person reached one way."),
        Level("nearly owner and phone", f"{PHONE_SAME} AND ({OWNER_CLOSE} OR {OWNER_PART})",
              0.06, 0.004, "owner={owner}; phone=same", "The same, written otherwise."),
        Level("phone, owner unknown", f"{PHONE_SAME} AND (owner_l IS NULL OR owner_r IS NULL)",
              0.02, 0.005, "phone=same", "A household at least."),
        Level("phone, another owner", PHONE_SAME,
              0.01, 0.06, "owner=differs; phone=same", "Spouses, siblings, a middleman."),
        Level("owner, rare", f"{OWNER_SAME} AND owner_common_l = 0",
              0.20, 0.02, "owner=same", "Few bear this name."),
        Level("owner, usual", f"{OWNER_SAME} AND owner_common_l = 1",
              0.05, 0.03, "owner=same; name=usual", "Some bear this name."),
        Level("owner, common", OWNER_SAME,
              0.02, 0.03, "owner=same; name=common", "Many bear this name."),
        Level("owner nearly", OWNER_CLOSE, 0.10, 0.02, "owner={owner}", "Spelling, slips, order."),
        Level("columns swapped", SWAPPED, 0.01, 0.001, "owner=firm",
              "The owner stands in the firm's column."),
        Level("owner in part", OWNER_PART, 0.05, 0.10, "owner={owner}", "A word left out."),
        Level("another owner", "", 0.01, 0.40, "owner=differs", "Nothing of the name agrees."),
    ),
    "NIK, telephone and name are one person: weighed apart, they would count him three times.",
    tells_owner=True,
)  # fmt: skip

TRADE_SAME = (
    "(trade_l = trade_r OR product_l = product_r OR product_bones_l = product_bones_r"
    " OR {product_likeness} >= 0.88)"
)
TRADE_NEAR = "(left(trade_l, 3) = left(trade_r, 3) OR {product_likeness} >= 0.75)"
TRADE_DIFFERS = (
    "((trade_l IS NOT NULL AND trade_r IS NOT NULL) OR (product_l IS NOT NULL"
    " AND product_r IS NOT NULL AND (trade_l IS NOT NULL OR trade_r IS NOT NULL)))"
)
"""Asked after TRADE_SAME and TRADE_NEAR: both are known and nothing of them agrees."""
NAME_SAME = "(core_l IS NOT NULL AND (core_l = core_r OR firm_sorted_l = firm_sorted_r))"
NAME_CLOSE = (
    "({core_likeness} >= 0.90 OR (core_l IS NOT NULL AND core_r IS NOT NULL"
    " AND {firm_likeness} >= 0.92) OR core_bones_l = core_bones_r)"
)
NAME_SHARED = "(mark_l = mark_r OR {core_likeness} >= 0.80)"
NAME_DIFFERS = "(core_l IS NOT NULL AND core_r IS NOT NULL)"
"""Asked after the three above: each has words of its own, and they disagree."""

BUSINESS = Comparison(
    "business",
    f"NOT coalesce({TRADE_DIFFERS}, false) AND NOT coalesce({NAME_DIFFERS}, false)"
    f" AND NOT coalesce({TRADE_SAME}, false)",
    (
        Level("name and trade", f"{NAME_SAME} AND ({TRADE_SAME} OR {TRADE_NEAR})",
              0.22, 0.004, "name={name}; trade=same", "The same words for the same work."),
        Level("name, trade unknown", f"{NAME_SAME} AND NOT coalesce({TRADE_DIFFERS}, false)",
              0.05, 0.003, "name={name}", "The same words."),
        Level("name, another trade", NAME_SAME,
              0.03, 0.006, "name={name}; trade=differs", "It makes something else now."),
        Level("name nearly, and trade", f"{NAME_CLOSE} AND ({TRADE_SAME} OR {TRADE_NEAR})",
              0.12, 0.004, "name={name}; trade=same", "Slips, or words shortened."),
        Level("name nearly", NAME_CLOSE, 0.04, 0.01, "name={name}", "Slips, or words shortened."),
        Level("a word and trade", f"{NAME_SHARED} AND ({TRADE_SAME} OR {TRADE_NEAR})",
              0.08, 0.006, "name={name}; trade=same", "One rare word in common."),
        Level("trade, a name is silent", f"{TRADE_SAME} AND NOT coalesce({NAME_DIFFERS}, false)",
              0.34, 0.05, "trade=same", "Many firms bear only their owner's name and product."),
        Level("trade, names differ", TRADE_SAME,
              0.05, 0.04, "name={name}; trade=same", "A new name, or a neighbour in the trade."),
        Level("trade nearly", TRADE_NEAR, 0.03, 0.05, "name={name}; trade=near",
              "A neighbouring code."),
        Level("a word", NAME_SHARED, 0.01, 0.02, "name={name}; trade=differs",
              "One rare word in common."),
        Level("name differs", f"{NAME_DIFFERS} AND NOT coalesce({TRADE_DIFFERS}, false)",
              0.01, 0.20, "name={name}", "Of the trade nothing is known."),
        Level("trade differs, a name is silent", f"NOT coalesce({NAME_DIFFERS}, false)",
              0.015, 0.35, "trade=differs", "The owner's other firm, or a new product.",
              is_fixed=True),
        Level("another business", "", 0.002, 0.30, "name={name}; trade=differs",
              "Other words for other work: another firm, whoever owns it.", is_fixed=True),
    ),
    "Name and trade together say whether it is this firm or the owner's other one.",
)  # fmt: skip

VILLAGE_SAME = (
    "(village_code_l = village_code_r OR (village_l = village_r"
    " AND (regency_l = regency_r OR regency_l IS NULL OR regency_r IS NULL)))"
)
VILLAGE_CLOSE = "({village_likeness} >= 0.88 AND regency_l = regency_r)"
DOOR_SAME = (
    "((rtrw_l = rtrw_r AND (street_l IS NULL OR street_r IS NULL OR {street_likeness} >= 0.85"
    " OR house_l = house_r)) OR ({street_likeness} >= 0.85 AND house_l = house_r))"
)
STREET_SAME = "({street_likeness} >= 0.85)"
DOOR_DIFFERS = "({street_likeness} < 0.85 OR rtrw_l <> rtrw_r OR house_l <> house_r)"

PLACE = Comparison(
    "place",
    f"NOT coalesce({VILLAGE_SAME}, false) AND (regency_l IS NULL OR regency_r IS NULL)",
    (
        Level("door", f"({VILLAGE_SAME} OR {VILLAGE_CLOSE}) AND {DOOR_SAME}",
              0.38, 0.02, "village=same; address=same", "The same door."),
        Level("street", f"({VILLAGE_SAME} OR {VILLAGE_CLOSE}) AND {STREET_SAME}",
              0.15, 0.05, "village=same; street=same", "The same street."),
        Level("village", f"{VILLAGE_SAME} AND NOT coalesce({DOOR_DIFFERS}, false)",
              0.22, 0.20, "village=same", "Nothing speaks against it."),
        Level("village, another door", VILLAGE_SAME,
              0.10, 0.35, "village=same; address=differs", "Another door, or it moved."),
        Level("village nearly", VILLAGE_CLOSE, 0.03, 0.01, "village=near", "A slip."),
        Level("door, village unknown", f"regency_l = regency_r AND {DOOR_SAME}"
              " AND (village_l IS NULL OR village_r IS NULL)",
              0.04, 0.005, "address=same", "The same door, where no village is written."),
        Level("regency, village unknown",
              "regency_l = regency_r AND (village_l IS NULL OR village_r IS NULL)",
              0.04, 0.10, "regency=same", "It may be the same village."),
        Level("district", "district_l = district_r", 0.015, 0.05, "district=same; village=differs",
              "A village renamed or next to it."),
        Level("regency", "regency_l = regency_r", 0.015, 0.15, "regency=same; village=differs",
              "It may have moved."),
        Level("elsewhere", "", 0.01, 0.10, "regency=differs", "Few firms move so far."),
    ),
    "Village, street and door are one place.",
    tells_owner=True,
)  # fmt: skip

REGISTRATION = Comparison(
    "registration",
    "(nib_l IS NULL OR nib_r IS NULL) AND (npwp_l IS NULL OR npwp_r IS NULL)",
    (
        Level("same", "nib_l = nib_r OR npwp_l = npwp_r", 0.90, 0.03, "registration=same",
              "A number that the state gave once."),
        Level("differs", "", 0.10, 0.97, "registration=differs", "Slips are rare."),
    ),
    "Business and tax numbers.",
)  # fmt: skip

FOUNDED = Comparison(
    "founded",
    "year_l IS NULL OR year_r IS NULL",
    (
        Level("same", "year_l = year_r", 0.75, 0.08, "founded=same", ""),
        Level("near", "abs(year_l - year_r) <= 2", 0.20, 0.15, "founded=near", "From memory."),
        Level("differs", "", 0.05, 0.77, "founded=differs", "Another firm, or a guess."),
    ),
    "The year tells an owner's two firms apart.",
)

SIZE = Comparison(
    "size",
    "size_l IS NULL OR size_r IS NULL",
    (
        Level("alike", "abs(size_l - size_r) <= 0.25", 0.50, 0.30, "workers=alike", ""),
        Level("near", "abs(size_l - size_r) <= 0.8", 0.35, 0.35, "workers=near", "Seasons."),
        Level("differs", "", 0.15, 0.35, "workers=differs", ""),
    ),
    "Workers come and go, but seldom by half.",
)
