"""The room for a signature is drawn alike below the papers of every room."""

from datetime import date

from pulih.config.rooms import PACKAGE
from pulih.documents.signing import Signature
from pulih.documents.typesetting import typeset

TEMPLATE = PACKAGE / "documents" / "signing.typ"
DAY = date(2020, 6, 25)


def test_what_is_known_stands_in_the_block():
    one = Signature("Pejabat Pembuat Komitmen", "Laksmi", "196801011993032002", "Bandung", DAY)
    assert one.lines() == [
        "Bandung, 25 Juni 2020", "Pejabat Pembuat Komitmen,", "", "", "", "Laksmi",
        "NIP 196801011993032002",
    ]  # fmt: skip


def test_what_is_not_known_is_dotted_and_what_is_not_asked_is_blank():
    above, _post, *_ink, name, nip = Signature("Bendahara", nip="", place="").lines()
    assert all(set(text) <= set("(.), NIP") and "..." in text for text in (above, name, nip))
    above, _post, *_ink, name, nip = Signature("Pelatih").lines()
    assert (above, nip) == ("", "")


def test_no_room_draws_a_block_of_its_own():
    drawn = {
        template.name
        for template in PACKAGE.glob("*/documents/*.typ")
        if "NIP." in template.read_text() or "(....." in template.read_text()
    }
    # A BAST shows what was drawn on a phone; on a certificate the post is not printed.
    assert drawn == {"bast.typ", "certificate.typ"}


def test_several_stand_beside_each_other_and_one_alone(tmp_path):
    template = tmp_path / "paper.typ"
    template.write_text(
        TEMPLATE.read_text()
        + '#set document(title: "x")\n#let it = json(bytes(sys.inputs.values))\n'
        + "#signatures(it.signs)\n#signature-right(it.signs.first())"
    )
    signs = [Signature("Pelatih"), Signature("KPA", "Rina", "1" * 18, "Bandung", DAY)]
    values = {"signs": [one.values() for one in signs]}
    assert typeset(template, values).startswith(b"%PDF")
