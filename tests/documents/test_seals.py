"""The square code on a paper: what is drawn is read back by the reader of scans."""

from pathlib import Path

import pypdfium2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.documents.seals import drawn
from pulih.documents.typesetting import typeset
from pulih.scans.rules.square_codes import find
from tests.examples import examples

TEMPLATE = """
#set document(title: "Uji")
#let it = json(bytes(sys.inputs.values))
#image(bytes(it.drawing), format: "svg", width: 30mm, alt: "Kode QR")
"""
PRINTABLE = st.characters(codec="ascii", exclude_categories=["C"])


@settings(max_examples=examples(30), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(PRINTABLE, min_size=1, max_size=120), st.sampled_from([1, 2]))
def test_what_is_drawn_is_read_back_from_paper(tmp_path: Path, text: str, border: int):
    template = tmp_path / "paper.typ"
    template.write_text(TEMPLATE)
    (page,) = pypdfium2.PdfDocument(typeset(template, {"drawing": drawn(text, border)}))
    assert find(page.render(scale=3).to_pil()).texts == (text,)


def test_a_drawing_has_its_quiet_border_and_is_always_the_same():
    assert drawn("A-1", border=1) == drawn("A-1", border=1)
    assert 'width="23mm" height="23mm" viewBox="-1 -1 23 23"' in drawn("A-1", border=1)
    assert 'width="25mm" height="25mm" viewBox="-2 -2 25 25"' in drawn("A-1")
