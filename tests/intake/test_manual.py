"""The reference page and the offices' manual are printed from the declarations that check."""

from pathlib import Path

from pulih.intake import KINDS, guide
from pulih.intake.headings import Dictionary
from pulih.intake.manual import HEAD_RULES, reference
from pulih.intake.wording import RULES

ROOT = Path(__file__).parents[2]


def test_the_reference_page_is_current() -> None:
    assert (ROOT / "docs/reference/intake.md").read_text("utf-8") == reference()


def test_the_offices_manual_names_every_column_in_both_languages() -> None:
    for kind in KINDS.values():
        for language in ("id", "en"):
            text = guide(kind.columns, language)
            assert all(f"`{one.name}`" in text for one in kind.columns)


def test_every_declared_heading_is_recognised_as_its_column() -> None:
    for kind in KINDS.values():
        dictionary = Dictionary(kind.columns)
        for one in kind.columns:
            match = dictionary.match(one.name)
            assert match is not None
            assert match.name == one.name
            assert one.headings


def test_every_rule_speaks_both_languages_and_says_what_to_do() -> None:
    for rule in RULES.values():
        for text in (rule.message.id, rule.message.en):
            assert text.startswith("{cell}: ")
            assert text.count(". ") >= 1
    assert HEAD_RULES
