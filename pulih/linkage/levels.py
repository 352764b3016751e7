"""The comparisons and their levels, each with its reason."""

from pulih.linkage.parts import SILENT, Comparison, Level, Together

NIK_ROUNDED = "(nik_last_l = 0 OR nik_last_r = 0)"
"""A spreadsheet took the serial away: only where and when somebody was born is left."""
NIK_ALIKE = (
    "((nik_first_l = nik_first_r)::INT + (nik_second_l = nik_second_r)::INT"
    " + (nik_third_l = nik_third_r)::INT"
    f" + (nik_last_l = nik_last_r OR {NIK_ROUNDED})::INT >= 2"
    " OR (nik_length_l <> nik_length_r AND nik_tail_l = nik_tail_r))"
)
"""Two slips of a digit leave two fours of digits as they were; one left out, the half behind it."""
NIK_KNOWN = "(nik_valid_l AND nik_valid_r)"
NIK_SAME = "(nik_l = nik_r AND NOT nik_shared_l)"
NIK_NEAR = "({nik_slips} <= 2 AND NOT nik_shared_l AND NOT nik_shared_r)"
NIK_DIFFERS = "(nik_valid_l AND nik_valid_r AND {nik_slips} > 2)"
PHONE_SAME = "(phone_l = phone_r AND NOT phone_shared_l)"
SEX_AGREES = "(sex_l = sex_r OR sex_l IS NULL OR sex_r IS NULL)"
OWNER_SILENT = "(owner_key_l IS NULL OR owner_key_r IS NULL)"
CROSSED = "(owner_key_l = firm_key_r AND owner_key_r = firm_key_l)"
"""Owner and firm stand each in the other's column."""
OWNER_SAME = f"(owner_sorted_l = owner_sorted_r OR {CROSSED})"
OWNER_CLOSE = f"({{owner_likeness}} >= 0.90 AND {SEX_AGREES})"
LEFT_OUT = "(contains(own_l, own_r) OR contains(own_r, own_l))"
FAMILY = (
    f"(owner_last_l = owner_last_r AND first_bones_l <> first_bones_r AND NOT {LEFT_OUT}"
    " AND owner_first_l <> owner_last_l AND owner_first_r <> owner_last_r)"
)
"""As a family is called: *Rina Hidayat* and *Aminah Hidayat*. What both share says little."""
OWNER_PART = (
    "((owner_first_l = owner_first_r OR owner_first_l = owner_last_r"
    " OR owner_last_l = owner_first_r OR first_bones_l = first_bones_r"
    f" OR (owner_last_l = owner_last_r AND {LEFT_OUT})"
    f" OR {{owner_likeness}} >= CASE WHEN {FAMILY} THEN 0.88 ELSE 0.80 END)"
    f" AND {SEX_AGREES})"
)
"""Half a name: a word left out, an initial, a name as it is said at home."""
SWAPPED = "(owner_key_l = firm_key_r OR owner_key_r = firm_key_l)"

PERSON = Comparison(
    "person",
    "NOT coalesce(nik_l = nik_r, false) AND NOT coalesce(phone_l = phone_r, false)"
    f" AND NOT coalesce({SWAPPED}, false) AND {OWNER_SILENT}"
    f" AND NOT coalesce({NIK_KNOWN}, false)",
    (
        Level("nik and owner", f"{NIK_SAME} AND coalesce({OWNER_PART} OR {SWAPPED}, true)",
              0.49, 0.0001, "nik=same; owner={owner}", "One person, as sure as paper can be."),
        Level("nik alone", NIK_SAME, 0.0056, 0.0001, "nik=same; owner=differs",
              "A clerk may have typed a neighbour's NIK."),
        Level("nik nearly", f"{NIK_NEAR} AND ({OWNER_CLOSE} OR {OWNER_PART})",
              0.057, 0.0001, "nik=near; owner={owner}", "A slip in one digit, or digits cut off."),
        Level("contrary niks, one name", f"{NIK_DIFFERS} AND ({OWNER_SAME} OR {OWNER_CLOSE})",
              0.00011, 0.094, "nik=differs; owner={owner}", "Namesakes."),
        Level("contrary niks", f"{NIK_DIFFERS}",
              0.0001, 0.44, "nik=differs; owner={owner}", "Two persons."),
        Level("owner and phone", f"{PHONE_SAME} AND {OWNER_SAME}",
              0.14, 0.0001, "owner=same; phone=same", "One person reached one way."),
        Level("nearly owner and phone", f"{PHONE_SAME} AND ({OWNER_CLOSE} OR {OWNER_PART})",
              0.078, 0.0001, "owner={owner}; phone=same", "The same, written otherwise."),
        Level("phone, owner unknown", f"{PHONE_SAME} AND {OWNER_SILENT}",
              0.013, 0.0001, "phone=same", "A household at least."),
        Level("phone, another owner", PHONE_SAME,
              0.007, 0.002, "owner=differs; phone=same", "Spouses, siblings, a middleman.",
              other=0.03),
        Level("owner, rare", f"{OWNER_SAME} AND owner_common_l = 0",
              0.055, 0.0031, "owner=same", "Few bear this name."),
        Level("owner, usual", f"{OWNER_SAME} AND owner_common_l = 1",
              0.036, 0.015, "owner=same; name=usual", "Some bear this name."),
        Level("owner, common", OWNER_SAME,
              0.031, 0.048, "owner=same; name=common", "Many bear this name."),
        Level("owner nearly", OWNER_CLOSE, 0.056, 0.02, "owner={owner}", "Spelling, slips, order."),
        Level("columns swapped", SWAPPED, 0.002, 0.0001, "owner=firm",
              "The owner stands in the firm's column."),
        Level("owner in part", OWNER_PART, 0.016, 0.17, "owner={owner}", "A word left out."),
        Level("another owner", "", 0.0018, 0.2, "owner=differs", "Nothing of the name agrees."),
    ),
    "NIK, telephone and name are one person: weighed apart, they would count him three times.",
    tells="owner",
)  # fmt: skip

OTHER_WORK = 4.5
"""Year and workers tell an owner's two firms apart, but where he founded both in one year, or a
clerk copied the row, they must not outweigh that the work is another: a person is asked."""
OTHER_NAME, OTHER_WORDS = 3.0, 2.25
"""Less is taken off where the names differ but nothing is known of the work, and less still where
other words may mean the same work. Codes carry no caution of their own: often they are wrong."""
WORKS_DIFFER = "(work_division_l <> work_division_r)"
"""Both words are known, and of trades that are far apart."""
SPELT_ALIKE = f"(NOT coalesce({WORKS_DIFFER}, false) AND {{{{product_likeness}}}} >= {{}})"
"""*Gula merah* and *bata merah* are alike in letters alone; a slip of a known good is unknown."""
WORDS_SAME = (
    "(product_l = product_r OR product_bones_l = product_bones_r OR made_l = made_r"
    " OR made_l = named_r OR named_l = made_r OR named_l = named_r"
    f" OR {SPELT_ALIKE.format(0.88)})"
)
WORDS_NEAR = f"(work_group_l = work_group_r OR {SPELT_ALIKE.format(0.75)})"
WORDS_DIFFER = (
    "((product_l IS NOT NULL OR work_l IS NOT NULL)"
    " AND (product_r IS NOT NULL OR work_r IS NOT NULL))"
)
"""Asked after WORDS_SAME and WORDS_NEAR: both say what they make, and nothing of it agrees."""
NAME_SAME = (
    f"((core_l IS NOT NULL AND (core_l = core_r OR firm_sorted_l = firm_sorted_r)) OR {CROSSED})"
)
NAME_CLOSE = (
    "({core_likeness} >= 0.90 OR (core_l IS NOT NULL AND core_r IS NOT NULL"
    " AND {firm_likeness} >= 0.92) OR core_bones_l = core_bones_r)"
)
NAME_SHARED = "(mark_l = mark_r OR {core_likeness} >= 0.80)"
NAME_DIFFERS = "(core_l IS NOT NULL AND core_r IS NOT NULL)"
"""Asked after the three above: each has words of its own, and they disagree."""

NUMBERED_APART = "(firm_number_l <> firm_number_r)"
"""*UD Maju 1* and *UD Maju 2*: whoever numbers firms has several."""

BUSINESS = Comparison(
    "business",
    f"NOT {WORDS_DIFFER} AND NOT {NAME_DIFFERS} AND NOT coalesce({NAME_SAME}, false)",
    (
        Level("name, another number", f"{NUMBERED_APART} AND ({NAME_SAME} OR {NAME_CLOSE})",
              0.002, 0.004, "name={name}; number=differs", "Branches, or groups of one village.",
              other=0.05, caution=OTHER_NAME),
        Level("name and work", f"{NAME_SAME} AND ({WORDS_SAME} OR {WORDS_NEAR})",
              0.36, 0.045, "name={name}; product=same", "The same words for the same work.",
              other=0.00027),
        Level("name, work unknown", f"{NAME_SAME} AND NOT {WORDS_DIFFER}",
              0.09, 0.06, "name={name}", "The same words.", other=0.00029),
        Level("name, unlike work", f"{NAME_SAME} AND NOT coalesce({WORKS_DIFFER}, false)",
              0.017, 0.05, "name={name}; product=unlike", "Other words, perhaps for the same.",
              other=0.0007),
        Level("name, other work", NAME_SAME,
              0.008, 0.14, "name={name}; product=differs", "It makes something else now, or the"
              " owner's firms bear one name.", other=0.0015, caution=OTHER_WORDS),
        Level("name nearly, and work", f"{NAME_CLOSE} AND ({WORDS_SAME} OR {WORDS_NEAR})",
              0.085, 0.011, "name={name}; product=same", "Slips, or words shortened.",
              other=0.00013),
        Level("name nearly", NAME_CLOSE, 0.014, 0.037, "name={name}", "Slips, or words shortened.",
              other=0.0016),
        Level("a word and work", f"{NAME_SHARED} AND ({WORDS_SAME} OR {WORDS_NEAR})",
              0.02, 0.0022, "name={name}; product=same", "One rare word in common.",
              other=0.00046),
        Level("work, a name is silent", f"{WORDS_SAME} AND NOT {NAME_DIFFERS}",
              0.32, 0.023, "product=same", "Many firms bear only their owner's name and product.",
              other=0.0046),
        Level("work, names differ", WORDS_SAME,
              0.042, 0.02, "name={name}; product=same", "A new name, or a neighbour in the trade.",
              other=0.0023),
        Level("work nearly, a name is silent", f"{WORDS_NEAR} AND NOT {NAME_DIFFERS}",
              0.024, 0.08, "product=near", "Neighbouring work.", other=0.01),
        Level("work nearly, names differ", WORDS_NEAR, 0.006, 0.05, "name={name}; product=near",
              "A new name, or a neighbour in the trade.", other=0.005, caution=OTHER_NAME),
        Level("a word", NAME_SHARED, 0.0032, 0.0026, "name={name}",
              "One rare word in common.", other=0.0055),
        Level("name differs", f"{NAME_DIFFERS} AND NOT {WORDS_DIFFER}",
              0.006, 0.065, "name={name}", "Of the work nothing is known.", other=0.06,
              caution=OTHER_NAME),
        Level("work unlike, a name is silent",
              f"NOT {NAME_DIFFERS} AND NOT coalesce({WORKS_DIFFER}, false)",
              0.022, 0.05, "product=unlike", "Other words, perhaps for the same.", other=0.1,
              caution=OTHER_WORDS),
        Level("work differs, a name is silent", f"NOT {NAME_DIFFERS}",
              0.010, 0.18, "product=differs", "The owner's other firm, or a new product.",
              other=0.4, caution=OTHER_WORK),
        Level("work unlike, names differ", f"NOT coalesce({WORKS_DIFFER}, false)",
              0.003, 0.05, "name={name}; product=unlike", "Other words for what may be other work.",
              other=0.1, caution=OTHER_WORK),
        Level("another business", "", 0.003, 0.16, "name={name}; product=differs",
              "Other words for other work: another firm, whoever owns it.",
              other=0.35, caution=OTHER_WORK),
    ),
    "The words of name and product say whether it is this firm or the owner's other one.",
)  # fmt: skip

ANOTHER_OWNER = ("phone, another owner", "another owner")
RELATIVES = Together(
    {
        "person": ANOTHER_OWNER,
        "business": (
            "work, a name is silent",
            "work, names differ",
            "work nearly, names differ",
            "work nearly, a name is silent",
            "name differs",
        ),
    },
    OTHER_WORK,
    "Siblings next door to each other, in one trade: house, telephone and work are the household's,"
    " and neither the owner's name nor the firm's says that it is one firm.",
)
RELATIVES_BY_CODE = Together(
    {"person": ANOTHER_OWNER, "business": (SILENT,), "code": ("same", "group")},
    OTHER_WORK,
    "The same, where no words but the code alone says what they make.",
)

CODES_SAME = (
    "(code_l = code_r OR code_l = work_r OR work_l = code_r"
    " OR (code_class_l = code_class_r AND (code_short_l OR code_short_r)))"
)
CODES_NEAR = (
    "(code_group_l = code_group_r OR code_group_l = work_group_r OR work_group_l = code_group_r)"
)
CODES_NOT_FAR = (
    "(code_division_l = code_division_r OR code_division_l = work_division_r"
    " OR work_division_l = code_division_r OR code_sells_l OR code_sells_r)"
)
CODE = Comparison(
    "code",
    f"coalesce({WORDS_SAME} OR {WORDS_NEAR}, false)"
    " OR (code_l IS NULL AND code_r IS NULL)"
    " OR coalesce(code_l, work_l) IS NULL OR coalesce(code_r, work_r) IS NULL",
    (
        Level("same", CODES_SAME, 0.53, 0.03, "code=same", "", other=0.015),
        Level("group", CODES_NEAR, 0.24, 0.14, "code=near",
              "Another edition, or the code beside.", other=0.02),
        Level("not far", CODES_NOT_FAR, 0.14, 0.2, "code=unlike",
              "Another edition, or a shop's code for its maker.", other=0.28),
        Level("far", "", 0.09, 0.63, "code=differs", "Another trade, or an office that guesses.",
              other=0.685),
    ),
    "A code says little: it is asked only where no words say the same work.",
)  # fmt: skip

LIST = Comparison(
    "list",
    "listing_l IS NULL OR listing_r IS NULL",
    (
        Level("one list", "listing_l = listing_r", 0.2, 0.25, "list=same",
              "An office seldom names a firm twice in the reports of one month.", other=0.4),
        Level("another list", "", 0.8, 0.75, "list=differs", "Another office or month.", other=0.6),
    ),
    "An owner's two firms stand in one list side by side; one firm seldom does.",
    from_records_alone=True,
)  # fmt: skip

DISTRICT_SAME = (
    "(district_l = district_r OR (regency_l = regency_r AND {district_likeness} >= 0.94))"
)
DISTRICT_DIFFERS = "({district_likeness} < 0.80)"
"""Both names are known, and no slip makes one of the other."""
VILLAGE_SAME = (
    "(village_code_l = village_code_r OR (village_l = village_r"
    " AND (regency_l = regency_r OR regency_l IS NULL OR regency_r IS NULL)"
    f" AND NOT coalesce({DISTRICT_DIFFERS}, false)))"
)
"""A regency may have two villages of one name, in two districts."""
VILLAGE_SILENT = "(village_l IS NULL OR village_r IS NULL)"
VILLAGE_CLOSE = (
    "({village_likeness} >= 0.88 AND regency_l = regency_r"
    f" AND NOT coalesce({DISTRICT_DIFFERS}, false))"
)
DOOR_SAME = (
    "((rtrw_l = rtrw_r AND (street_l IS NULL OR street_r IS NULL OR {street_likeness} >= 0.85"
    " OR house_l = house_r)) OR ({street_likeness} >= 0.85 AND house_l = house_r))"
)
STREET_SAME = "({street_likeness} >= 0.85)"
WARD_DIFFERS = "(rt_l <> rt_r OR rw_l <> rw_r)"
"""An RT without its RW may be that of any RW."""
DOOR_DIFFERS = f"({{street_likeness}} < 0.85 OR {WARD_DIFFERS} OR house_l <> house_r)"

PLACE = Comparison(
    "place",
    f"NOT coalesce({VILLAGE_SAME}, false) AND (regency_l IS NULL OR regency_r IS NULL)",
    (
        Level("door", f"({VILLAGE_SAME} OR {VILLAGE_CLOSE}) AND {DOOR_SAME}",
              0.49, 0.0077, "village=same; address=same", "The same door."),
        Level("street", f"({VILLAGE_SAME} OR {VILLAGE_CLOSE}) AND {STREET_SAME}",
              0.15, 0.051, "village=same; street=same", "The same street."),
        Level("village", f"{VILLAGE_SAME} AND NOT coalesce({DOOR_DIFFERS}, false)",
              0.26, 0.17, "village=same", "Nothing speaks against it."),
        Level("village, another door", VILLAGE_SAME,
              0.014, 0.39, "village=same; address=differs", "Another door, or it moved."),
        Level("village nearly", VILLAGE_CLOSE, 0.013, 0.0031, "village=near", "A slip."),
        Level("door, village unknown", f"regency_l = regency_r AND {DOOR_SAME}"
              f" AND {VILLAGE_SILENT}",
              0.033, 0.0003, "address=same", "The same door, where no village is written."),
        Level("district, village unknown", f"{VILLAGE_SILENT} AND {DISTRICT_SAME}",
              0.02, 0.012, "district=same", "It is likely to be the same village."),
        Level("another district, village unknown",
              f"regency_l = regency_r AND {VILLAGE_SILENT} AND {DISTRICT_DIFFERS}",
              0.002, 0.03, "district=differs", "It may have moved."),
        Level("regency, village unknown", f"regency_l = regency_r AND {VILLAGE_SILENT}",
              0.02, 0.03, "regency=same", "It may be the same village."),
        Level("district", DISTRICT_SAME, 0.002, 0.0076,
              "district=same; village=differs",
              "A village renamed or next to it."),
        Level("regency", "regency_l = regency_r", 0.004, 0.32, "regency=same; village=differs",
              "It may have moved."),
        Level("elsewhere", "", 0.003, 0.25, "regency=differs", "Few firms move so far."),
    ),
    "Village, street and door are one place.",
    tells="place",
)  # fmt: skip

EMAIL = Comparison(
    "email",
    "email_l IS NULL OR email_r IS NULL",
    (
        Level("same", "email_l = email_r", 0.9, 0.002, "email=same", "One person writes from it."),
        Level("differs", "", 0.1, 0.998, "email=differs", "People seldom change it."),
    ),
    "An address of mail is one person's, or a household's.",
    tells="owner",
)

REGISTRATION = Comparison(
    "registration",
    "(nib_l IS NULL OR nib_r IS NULL) AND (npwp_l IS NULL OR npwp_r IS NULL)",
    (
        Level("same", "nib_l = nib_r OR npwp_l = npwp_r", 0.97, 0.0005, "registration=same",
              "A number that the state gave once.", other=0.3),
        Level("differs", "", 0.03, 0.9995, "registration=differs", "Slips are rare.", other=0.7),
    ),
    "Business and tax numbers.",
)  # fmt: skip

FOUNDED = Comparison(
    "founded",
    "year_l IS NULL OR year_r IS NULL",
    (
        Level("same", "year_l = year_r", 0.82, 0.068, "founded=same", "", other=0.055),
        Level(
            "near",
            "abs(year_l - year_r) <= 2",
            0.18,
            0.23,
            "founded=near",
            "From memory.",
            other=0.23,
        ),
        Level("differs", "", 0.02, 0.7, "founded=differs", "Another firm, or a guess.", other=0.72),
    ),
    "The year tells an owner's two firms apart.",
)

SIZE = Comparison(
    "size",
    "size_l IS NULL OR size_r IS NULL",
    (
        Level("alike", "abs(size_l - size_r) <= 0.25", 0.61, 0.2, "workers=alike", "", other=0.19),
        Level(
            "near",
            "abs(size_l - size_r) <= 0.8",
            0.36,
            0.36,
            "workers=near",
            "Seasons.",
            other=0.35,
        ),
        Level("differs", "", 0.027, 0.44, "workers=differs", "", other=0.46),
    ),
    "Workers come and go, but seldom by half.",
)
