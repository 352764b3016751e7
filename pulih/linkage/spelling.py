"""How Indonesian names, addresses and numbers are made comparable, as DuckDB macros."""

from collections.abc import Mapping

from pulih.linkage.lexicon import (
    FEMALE_WORDS,
    HONORIFICS,
    LEGAL_FORMS,
    MALE_WORDS,
    PLACE_WORDS,
    STREET_WORDS,
    WIDESPREAD,
)

DEGREES = r",\s*(s|m|a|d|ir|dr|drs|dra|st|sh|se|spd|mm|amd)[a-z]{0,3}\b[a-z., ]*$"
SOUNDS = (
    ("oe", "u"), ("tj", "c"), ("dj", "j"), ("sj", "s"), ("sy", "s"), ("sh", "s"), ("ch", "h"),
    ("kh", "h"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("ph", "f"), ("gh", "g"), ("nj", "ny"),
    ("ie", "i"),
)  # fmt: skip
LETTERS = (("y", "i"), ("v", "f"), ("z", "s"), ("q", "k"), ("x", "ks"))
DOUBLED = tuple((letter * 2, letter) for letter in "aeioubcdfgjklmnprst")
"""Old and new spelling, and sounds that clerks do not distinguish; each made the second."""


def macros() -> str:
    """Return the statements that define the macros of cleaning.

    Most texts need no more than a look: a guard says so before anything is taken out. Give them
    columns, not expressions: an argument is worked out wherever a macro names it.
    """
    return ";\n".join(
        [
            _macro("plain", _guarded("lower(strip_accents(t))", "[^a-z0-9 ]|  |^ | $", _PLAIN)),
            *_folding(),
            without_words("without_honorifics", HONORIFICS),
            without_words("without_widespread", WIDESPREAD),
            without_words("without_legal_form", [*LEGAL_FORMS, "[a-z]"]),
            without_words("without_place_words", PLACE_WORDS),
            without_words("without_street_words", STREET_WORDS),
            _holding("has_widespread", WIDESPREAD),
            _holding("says_male", MALE_WORDS),
            _holding("says_female", FEMALE_WORDS),
            _macro("tight", _guarded("t", "[0-9]|  |^ | $", _TIGHT)),
            _macro("without_degrees", f"CASE WHEN contains(t, ',') THEN"
                   f" regexp_replace(lower(t), '{DEGREES}', '') ELSE lower(t) END"),
            # Siti Aminah (Iwan): whose wife she is, or how they call her.
            _macro("without_aside", r"CASE WHEN contains(t, '(') THEN coalesce("
                   r"nullif(trim(regexp_replace(t, '\([^)]*\)?', ' ', 'g')), ''), t) ELSE t END"),
            _macro("sorted", "CASE WHEN contains(t, ' ') THEN"
                   " array_to_string(list_sort(string_split(t, ' ')), ' ') ELSE t END"),
            # The consonants: what is left of a word that somebody shortened or heard wrongly.
            _macro("bones", "left(t, 1) || translate(substr(t, 2), 'paeiouhw ', 'b')"),
            _macro("with_both_wards", _guarded("t", _WARDS, _WARDED)),
            _macro("number_behind", _NUMBER_BEHIND),
            _macro("digits", _guarded("t", "[^0-9]", _DIGITS)),
            *_numbers(),
        ]
    )  # fmt: skip


_WARDS = (
    r"\brt[ .]*[/-]?[ .]*rw[^a-z0-9]*[0-9]{1,3}[^a-z0-9]+[0-9]{1,3}\b"
    r"|\brt[^a-z0-9]*[0-9]{1,3} ?/ ?[0-9]{1,3}\b"
)
"""RT and RW as two numbers behind one word: *RT/RW 02/04*, *RT 2/4*."""
_WARDED = (
    r"regexp_replace({}, '\brt(?:[ .]*[/-]?[ .]*rw)?[^a-z0-9]*([0-9]{{1,3}})[^a-z0-9]+"
    r"([0-9]{{1,3}})\b', 'rt \1 rw \2', 'g')"
)
_PLAIN = r"""trim(regexp_replace(regexp_replace(
    {}, '[''’`´]', '', 'g'), '[^a-z0-9]+', ' ', 'g'))"""
_TIGHT = "trim(regexp_replace(regexp_replace({}, '[0-9]+', ' ', 'g'), ' +', ' ', 'g'))"
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_NUMBER_BEHIND = rf"""CASE WHEN regexp_matches(t, '(^|[^0-9])0*[1-9][0-9]{{0,2}}$')
    THEN regexp_extract(t, '([0-9]+)$', 1)::SMALLINT
    ELSE nullif(list_position([{", ".join(f"'{one}'" for one in ROMAN)}],
        regexp_extract(t, ' ([ivx]+)$', 1)), 0)::SMALLINT END"""
"""The number that parts *UD Maju 1* from *UD Maju II*; a year, or a number alone, is none."""
_DIGITS = r"regexp_replace(regexp_replace({}, '\.0+$', ''), '[^0-9]+', '', 'g')"


def _macro(name: str, body: str) -> str:
    return f"CREATE OR REPLACE TEMP MACRO {name}(t) AS {body}"


def _guarded(text: str, seen: str, changed: str) -> str:
    """Return SQL for `changed` of a text where the pattern is seen, else the text as it is."""
    return f"CASE WHEN regexp_matches({text}, '{seen}') THEN {changed.format(text)} ELSE {text} END"


def folded(source: str, texts: Mapping[str, str], kept: str = "*") -> str:
    """Return SQL for the rows of a table and some of its texts folded.

    texts: the column that each result is made of. kept: the columns that stay beside them. Each
    step is a table of its own: one expression would write the first step out eight times.
    """
    first = ", ".join(f"sounded({text}) AS {name}" for name, text in texts.items())
    steps = [
        f"SELECT * REPLACE ({', '.join(f'{step}({name}) AS {name}' for name in texts)})"
        for step in ("lettered", "undoubled")
    ]
    return (
        f"(WITH heard AS MATERIALIZED (SELECT {kept}, {first} FROM {source}),"
        f" written AS MATERIALIZED ({steps[0]} FROM heard) {steps[1]} FROM written)"
    )


def _folding() -> list[str]:
    """Define the steps of `folded`: sounds, then letters, then what is doubled."""
    # A silent h at the end: Fatimah, Fatima; Aisyah, Aisya.
    undoubled = rf"regexp_replace({_where_seen(DOUBLED)}, '([aiu])h\b', '\1', 'g')"
    return [
        _macro("sounded", _where_seen(SOUNDS)),
        _macro("lettered", _where_seen(LETTERS)),
        _macro("undoubled", undoubled),
    ]


def _where_seen(folds: tuple[tuple[str, str], ...]) -> str:
    """Return SQL that replaces letters only where one of them is seen, which is quicker."""
    replaced = "{}"
    for old, new in folds:
        replaced = f"replace({replaced}, '{old}', '{new}')"
    return _guarded("t", "|".join(old for old, _ in folds), replaced)


def without_words(name: str, words: list[str]) -> str:
    """Return the statement that defines a macro which takes words out."""
    pattern = rf"\b({'|'.join(dict.fromkeys(words))})\b"
    rest = f"regexp_replace(regexp_replace({{}}, '{pattern}', ' ', 'g'), ' +', ' ', 'g')"
    return _macro(name, _guarded("t", pattern, f"trim({rest})"))


def _holding(name: str, words: list[str]) -> str:
    return _macro(name, rf"regexp_matches(t, '\b({'|'.join(words)})\b')")


def _numbers() -> list[str]:
    """Define how identity numbers and telephones are read. Source: LINK-01."""
    return [
        # A spreadsheet's 3.50302E+15 has lost its digits: it says nothing.
        r"CREATE OR REPLACE TEMP MACRO unrounded(t) AS"
        r" CASE WHEN regexp_matches(t, '[eE]\+?[0-9]') THEN NULL ELSE digits(t) END",
        # Sixteen digits, a province, a day (+40 for women), a month, a serial. One whose serial
        # a spreadsheet rounded to 0000 still says where and when its owner was born.
        r"CREATE OR REPLACE TEMP MACRO is_nik(d) AS regexp_full_match(d,"
        r" '[1-9][1-9][0-9]{4}([04][1-9]|[1256][0-9]|[37][01])(0[1-9]|1[0-2])[0-9]{6}')",
        r"CREATE OR REPLACE TEMP MACRO is_filler(d) AS regexp_full_match(d,"
        r" '0*|1+|2+|3+|4+|5+|6+|7+|8+|9+|0?123456789[0-9]*|[0-9]{0,6}0{6,}[0-9]?')",
        _macro(
            "first_of_several",
            _guarded("t", "[/;,&]|^ | $", "trim(regexp_extract({}, '^[^/;,&]*'))"),
        ),
        # The subscriber's number: without 0, 62, +62 or 0062 in front.
        r"CREATE OR REPLACE TEMP MACRO subscriber(t) AS"
        r" regexp_replace(unrounded(t), '^(0*62(0|)|0+)', '')",
    ]
