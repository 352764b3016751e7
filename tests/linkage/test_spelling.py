"""Guards in the macros of cleaning change nothing: beside the same steps in Python."""

import re
import string

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.linkage import lexicon, spelling

texts = st.lists(
    st.text(alphabet=string.ascii_lowercase + "  .,'0123456789", max_size=25)
    | st.sampled_from(("h. ahmad", "bu siti", "ud. mekar jaya", "12.0", "rt 03/rw 1", "drs hj h")),
    min_size=1,
    max_size=20,
)


@pytest.fixture(scope="module")
def connection():
    made = duckdb.connect(config={"threads": 1})
    made.execute(spelling.macros())
    return made


def squeezed(text):
    return re.sub(" +", " ", text).strip(" ")


def plain(text):
    return re.sub("[^a-z0-9]+", " ", re.sub("['’`´]", "", text)).strip(" ")


def without(words):
    pattern = re.compile(rf"\b({'|'.join(words)})\b")
    return lambda text: squeezed(pattern.sub(" ", text)) if pattern.search(text) else text


STEPS = {
    "plain": plain,
    "tight": lambda text: squeezed(re.sub("[0-9]+", " ", text)),
    "digits": lambda text: re.sub("[^0-9]+", "", re.sub(r"\.0+$", "", text)),
    "sorted": lambda text: " ".join(sorted(text.split(" "))),
    "bones": lambda text: text[:1] + re.sub("[aeiouhw ]", "", text[1:]).replace("p", "b"),
    "without_honorifics": without(lexicon.HONORIFICS),
    "without_legal_form": without([*lexicon.LEGAL_FORMS, "[a-z]"]),
    "without_street_words": without(lexicon.STREET_WORDS),
}


@pytest.mark.parametrize("name", STEPS)
@given(texts)
def test_a_guarded_step_is_the_step(connection, name, written):
    rows = "SELECT unnest($1) AS t"
    answered = connection.execute(f"SELECT t, {name}(t) FROM ({rows})", [written]).fetchall()
    assert answered == [(text, STEPS[name](text)) for text in written]


def folded(text):
    for old, new in (*spelling.SOUNDS, *spelling.LETTERS, *spelling.DOUBLED):
        text = text.replace(old, new)
    return re.sub(r"([aiu])h\b", r"\1", text)


@given(texts, st.sampled_from(["", "oe", "ssy", "dhoh", "zzq"]))
def test_texts_are_folded_in_three_steps_as_in_one(connection, written, inside):
    written = [f"{text}{inside}{text}" for text in written]
    connection.execute("CREATE OR REPLACE TEMP TABLE told AS SELECT unnest($1) AS t", [written])
    rows = spelling.folded("told", {"one": "t", "two": "left(t, 9)"}, "t")
    answered = connection.execute(f"SELECT t, one, two FROM {rows}").fetchall()
    assert answered == [(text, folded(text), folded(text[:9])) for text in written]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("siti aminah (iwan)", "siti aminah"),
        ("siti (bu haji) aminah", "siti   aminah"),
        ("siti aminah (istri", "siti aminah"),
        ("(siti aminah)", "(siti aminah)"),
        ("siti aminah", "siti aminah"),
    ],
)
def test_an_aside_in_brackets_is_no_part_of_a_name(connection, written, read):
    rows = "SELECT $1 AS t"
    answered = connection.execute(f"SELECT without_aside(t) FROM ({rows})", [written]).fetchall()
    assert answered == [(read,)]
