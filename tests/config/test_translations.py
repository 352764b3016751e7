"""What translators write reaches the pages, percent signs and all."""

import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from pulih.config.translations import compile_one

PACKAGE = Path(__file__).parents[2] / "pulih"

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#, python-format
msgid "10 % of it"
msgstr "10 % darinya"

#, fuzzy
msgid "maybe"
msgstr "entah"
"""


def test_a_percent_sign_is_no_placeholder_and_doubtful_words_stay_out(tmp_path):
    source = tmp_path / "locale" / "id" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE)
    compile_one(source, source.with_suffix(".mo"))
    with source.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("10 % of it") == "10 % darinya"
    assert compiled.gettext("maybe") == "maybe"


def test_one_english_word_is_one_indonesian_word():
    """All rooms share one dictionary: of two translations of a word, one would never show."""
    said: dict[tuple[str | None, str], set[str]] = {}
    for path in PACKAGE.glob("*/locale/id/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            messages = read_po(file, locale="id")
        for message in messages:
            if message.id:
                word = message.id if isinstance(message.id, str) else message.id[0]
                said.setdefault((message.context, word), set()).add(str(message.string))
    assert {key: words for key, words in said.items() if len(words) > 1} == {}


@pytest.mark.parametrize(
    ("noun", "head", "verb", "button"),
    [
        (("noun", "Post"), "Jabatan", "Post", "Bukukan"),
        (("noun", "Check"), "Pemeriksaan", "Check", "Periksa"),
        (("noun", "Match"), "Pencocokan", "Match", "Cocokkan"),
        (("agency", "Office"), "Dinas", "Office", "Pengirim"),
    ],
)
def test_a_head_and_a_button_of_one_english_word_are_two_in_indonesian(noun, head, verb, button):
    with override("id"):
        assert (pgettext(*noun), _(verb)) == (head, button)
