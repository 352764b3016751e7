"""A NIK that is typed among words is kept whole by no column: each form of each page gets one."""

import re
from html.parser import HTMLParser

import pytest
from django.db import transaction

from pulih.web.typed_numbers import NUMBERS, WHOLE
from tests.architecture.test_bounds import FIELDS
from tests.architecture.test_identity_numbers import columns_with
from tests.architecture.test_nonsense import FormsOf, kept, pages, read, visitor, world
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
__all__ = ["kept", "pages", "world"]  # Fixtures.
NIK = "3212154505790088"


class WordsOf(HTMLParser):
    """The fields of a page in which words are typed."""

    def __init__(self, page):
        super().__init__()
        self.names = set()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        is_words = tag == "textarea" or (tag == "input" and named.get("type", "text") == "text")
        if is_words and named.get("inputmode") not in ("numeric", "decimal"):
            self.names.add(named.get("name"))


def test_no_column_keeps_a_number_that_is_typed_among_words(pages):
    sent, taken = 0, set()
    planner, officer = (visitor(make()) for make in (cast.planner, cast.provincial_officer))
    for _name, address, _names, page in pages:
        for client, text in ((planner, page), (officer, read(officer, address)[1])):
            words = WordsOf(text).names
            for action, fields in FormsOf(text).forms:
                target = action or address
                kind = re.sub(r"\d+", "N", target), *sorted(fields)
                if kind in taken or "/accounts/" in target or not words & fields.keys():
                    continue
                sent += 1
                typed = dict.fromkeys(words & fields.keys(), f"Catatan {NIK} lama")
                with transaction.atomic():
                    answer = client.post(target, {**fields, **typed, "form_key": f"{sent}"})
                taken |= {kind} if answer.status_code in (302, 303) else set()
    assert len(taken) > 30, sent
    assert columns_with(NIK) == []


def test_every_field_that_is_left_whole_is_one_that_is_asked():
    asked = {name for _form, name, _field in FIELDS}
    assert asked >= NUMBERS
    assert WHOLE - asked == {"csrfmiddlewaretoken", "form_key"}
