"""The number of a person as a type, as a column, and through the one door."""

import json

import pytest
from django.core.exceptions import FieldError, PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from pulih.audit.models import Event
from pulih.common.identity_numbers import CUT_ENDS, LONG_ENDS, IdentityNumber, cut_in, whole_of
from pulih.people.identity_numbers import Reason, read_whole
from pulih.people.scope import speaking_for
from pulih.registry.models import Enterprise
from tests.make import inbox as make
from tests.make import registry as make_registry
from tests.once import made_once
from tests.people import cast

figures = st.text("0123456789", min_size=15, max_size=20)
between = st.sampled_from(["", " ", ".", "-", "'"])


@given(figures)
def test_no_way_of_writing_a_number_gives_it_whole(number):
    one = IdentityNumber(number)
    for text in (str(one), repr(one), f"{one}", f"{one:>30}", "%s" % one, "{}".format(one)):  # noqa: UP031, UP032
        assert number not in text
    with pytest.raises(TypeError):
        json.dumps({"nik": one})


@given(figures, between, st.text("abc ,;", max_size=5))
def test_a_number_in_a_text_is_cut_however_it_is_parted(number, sign, words):
    written = sign.join(number)
    said = cut_in(f"{words}x{written}x{words}")
    assert number not in said.replace(sign or "\0", "")
    assert said.startswith(words)


@given(st.integers(0, 10**14 - 1))
def test_shorter_numbers_stay(number):
    assert cut_in(f"Rp {number} x") == f"Rp {number} x"


@given(figures, between)
def test_tables_cut_the_same_numbers_as_texts(number, sign):
    import polars as pl

    written = f"NIK {sign.join(number)}."
    in_table = pl.Series([written]).str.replace_all(LONG_ENDS, CUT_ENDS)[0]
    assert number not in in_table.replace(sign or "\0", "")
    assert ("•" in in_table) == ("•" in cut_in(written))


def test_a_number_equals_what_was_typed():
    one = IdentityNumber("3212014101800001")
    assert one == "3212014101800001" == whole_of(one)
    assert {one: 1}["3212014101800001"] == 1
    assert one != IdentityNumber("3212014101800002")
    assert not IdentityNumber("")


@made_once
def firm(db):
    make.read(make.firm(nik=make.nik(1)), **make_registry.indramayu())
    return Enterprise.objects.get(nik=make.nik(1))


@pytest.mark.parametrize("lookup", ["startswith", "contains", "icontains", "gt", "lt", "range"])
def test_a_column_of_numbers_is_compared_whole_or_not_at_all(firm, lookup):
    with pytest.raises(FieldError):
        Enterprise.objects.filter(**{f"nik__{lookup}": ("3212", "3213")})


def test_a_row_that_was_just_made_shows_its_number_cut_too():
    assert str(Enterprise(nik=make.nik(1)).nik) == "3212••••••••0001"


def opened(firm, by):
    asked = {"area": firm.regency, "verb": "registry.open_nik", "reason": Reason.CARD}
    with speaking_for(by):
        return read_whole(firm, "nik", by=by, **asked)


def test_the_record_says_who_whose_and_why(firm):
    officer = cast.regency_officer()
    assert opened(firm, officer) == make.nik(1)
    event = Event.objects.get(verb="registry.open_nik")
    assert (event.person_id, event.subject_id) == (officer.pk, str(firm.pk))
    assert (event.regency_id, event.detail) == (firm.regency_id, {"reason": "card"})
    assert event.hash is not None


def test_without_the_right_nothing_is_read(firm):
    with pytest.raises(PermissionDenied):
        opened(firm, cast.planner())
    assert not Event.objects.filter(verb="registry.open_nik").exists()


def test_of_a_row_out_of_sight_nothing_is_read_and_nothing_recorded(firm):
    stranger = cast.regency_officer("Kota Bandung")
    with speaking_for(stranger):
        asked = {"area": stranger.home, "verb": "registry.open_nik", "reason": Reason.CARD}
        assert read_whole(firm, "nik", by=stranger, **asked) == ""
    assert not Event.objects.filter(verb="registry.open_nik").exists()
