"""What translators write reaches the pages, percent signs and all."""

import gettext

from pulih.config.translations import compile_one

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
