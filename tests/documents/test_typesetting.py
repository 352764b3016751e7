"""A paper is made of any text; a sign that no font has becomes a mark, and a note says so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.documents.typesetting import typeset
from tests.examples import examples

TEMPLATE = """
#let values = json(bytes(sys.inputs.values))
#set document(title: "x", date: none)
#set text(lang: "id", font: ("Libertinus Serif",))
#values.text \\ #values.more.at(0).text \\ #sys.inputs.program \\ #sys.inputs.unprintable
#metadata((values.text, sys.inputs.unprintable)) <all>
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("papers") / "paper.typ"
    path.write_text(TEMPLATE)
    return path


@pytest.mark.parametrize(
    "text",
    ["\uf0b7 butir dari Word", "中文 toko", "ꦗꦮ", "\u0007bel", "ꞏ titik", "\ue000", "A\u0600B"],
)
def test_a_sign_without_a_font_never_stops_a_paper(template, text):
    assert typeset(template, {"text": text, "more": [{"text": text}]}).startswith(b"%PDF")


@settings(max_examples=examples(25), deadline=None)
@given(text=st.text(max_size=30))
def test_any_text_makes_a_paper_and_the_same_bytes_each_time(template, text):
    values = {"text": text, "more": [{"text": ""}]}
    assert typeset(template, values) == typeset(template, values)
