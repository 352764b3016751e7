"""A template that prints what it was not given fails its test."""

import pytest
from django.template import Context, engines
from django.template.base import Origin, Template

import pulih
from pulih.registry.models import Enterprise
from tests.undefined import UndefinedVariable

pytestmark = pytest.mark.usefixtures("refuse_undefined_variables")
OURS = f"{pulih.__path__[0]}/web/templates/web/page.html"


def drawn(text, origin=OURS, **values):
    engine = engines["django"].engine
    return Template(text, Origin(origin), engine=engine).render(Context(values))


@pytest.mark.parametrize(
    "text",
    [
        "{{ firm }}",
        "{{ firm|default:'' }}",
        "{{ known.part }}",
        "{% load i18n %}{% blocktranslate %}of {{ firm }}{% endblocktranslate %}",
    ],
)
def test_a_name_that_was_not_given_is_named_with_its_line(text):
    with pytest.raises(UndefinedVariable, match=r"page\.html:1 prints “(firm|known\.part)”"):
        drawn(text, known={"other": 1})


def test_what_is_asked_for_may_be_absent_and_packages_print_as_they_like():
    assert drawn("{% if firm %}x{% endif %}{{ known }}", known="y") == "y"
    assert drawn("{{ known.part.name }}", known={"part": None}) == ""
    assert drawn("{{ form.initial.name }}", form={"initial": {"note": "x"}}) == ""
    assert drawn("{{ firm }}", origin="/package/page.html") == ""


def test_a_row_that_is_not_there_is_false():
    class Firm:
        @property
        def merger(self):
            raise Enterprise.merged_into.RelatedObjectDoesNotExist

    assert drawn("{% if firm.merger %}x{% endif %}{{ firm.merger.day }}", firm=Firm()) == ""
