"""A match worked out once more from its frozen case, and what shows that it was altered."""

import pytest

from pulih.market.models import Part
from pulih.market.repeating import repeated, worked_out
from tests.make import market as make

pytestmark = pytest.mark.django_db


def said(run):
    return [message.en for message in repeated(run)]


def test_a_match_comes_out_the_same_and_what_was_altered_is_named():
    for name in ("Jahit Satu", "Jahit Dua"):
        make.capacity(make.firm(name))
    need = make.need()
    made = make.run()
    make.capacity(make.firm("Jahit Tiga"))  # What came later is no part of its case.
    (run,) = worked_out()
    assert said(run) == []
    part = Part.objects.filter(consignment__run=made).first()
    part.pk, part.enterprise_id = None, make.firm("Jahit Empat").pk
    part.save(force_insert=True)
    assert said(run) == [f"match {run.pk}: 1 needs are shared out otherwise (n{need.pk})"]
    run.case_sha256 = "0" * 64
    assert "is not the one that was worked out" in said(run)[0]
