"""The matrix on paper: a signature is held to the last lines and their sum."""

import json

import pytest
import typst

from pulih.documents.typesetting import inputs, root_of
from pulih.revisions.documents.books import Book, UnitMatrix
from pulih.revisions.documents.paper import TEMPLATE, _values, paper
from pulih.revisions.rules.matrix import MatrixLine, matrix_of


def book(count):
    lines = [
        MatrixLine("3038", "001", f"{number:03}.A", "521211", "Belanja Bahan", number, number + 1)
        for number in range(count)
    ]
    unit = UnitMatrix("029999", "Disperindag", "Jawa Barat", matrix_of(lines), (("A", "B"),))
    return Book("Matriks uji", 2020, ("Yang menyetujui: KPA.",), (unit,))


@pytest.mark.parametrize("count", [1, 2, 14, 15, 16, 17, 18, 19, 20, 40])
def test_sum_and_signature_stand_on_one_page(count):
    values = json.dumps(_values(book(count)), ensure_ascii=False)
    found = typst.query(
        str(TEMPLATE),
        "<held>",
        field="value",
        root=root_of(TEMPLATE),
        sys_inputs=inputs(values, []),
    )
    pages = json.loads(found)
    assert len(pages) == 2
    assert len(set(pages)) == 1


def test_it_is_a_pdf_of_the_accessible_kind():
    made = paper(book(30))
    assert made.startswith(b"%PDF")
    assert b"pdfuaid" in made
