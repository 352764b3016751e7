import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.registry import identity
from pulih.registry.models import Enterprise, EnterpriseSource
from tests.make import inbox as make

few = st.one_of(st.none(), st.sampled_from("abc"))
rows = st.lists(st.tuples(few, few, st.sampled_from("xyz")), max_size=12)


def labels_of(given_rows):
    columns = {"nib": pl.String, "nik": pl.String, "sort_key": pl.String}
    return identity.labels(pl.DataFrame(given_rows, schema=columns, orient="row")).to_list()


def slowly(given_rows):
    """Join any two rows with equal NIB, or equal NIK and name, until nothing changes."""
    labels = list(range(len(given_rows)))
    for _ in given_rows:
        for i, one in enumerate(given_rows):
            for j, other in enumerate(given_rows):
                same_nib = one[0] is not None and one[0] == other[0]
                if same_nib or (one[1] is not None and one[1:] == other[1:]):
                    labels[i] = labels[j] = min(labels[i], labels[j])
    return labels


@given(rows)
def test_rows_are_one_firm_exactly_when_a_chain_of_equal_numbers_joins_them(given_rows):
    assert labels_of(given_rows) == slowly(given_rows)


@pytest.mark.django_db
def test_one_owner_with_two_businesses_is_two_enterprises():
    make.read(make.firm("Batik Maju", nik=make.nik(1)), make.firm("Tahu Maju", nik=make.nik(1)))
    assert Enterprise.objects.count() == 2


@pytest.mark.django_db
def test_equal_nib_is_one_enterprise_whatever_the_name():
    make.read(make.firm("Batik Maju", nib="9120000000017"), make.firm("Maju", nib="9120000000017"))
    assert Enterprise.objects.count() == 1
    assert EnterpriseSource.objects.count() == 2


@pytest.mark.django_db
def test_without_numbers_every_row_is_its_own_enterprise():
    make.read(make.firm(), make.firm())
    assert Enterprise.objects.count() == 2


@pytest.mark.django_db
def test_a_newer_row_updates_and_an_empty_cell_does_not_erase():
    from datetime import date

    make.read(make.firm("UD Maju", nik=make.nik(1), phone="081911200001", workers="6"))
    make.read(make.firm("Maju", nik=make.nik(1), workers="9"), as_of=date(2020, 7, 31))
    firm = Enterprise.objects.get()
    assert (firm.name, firm.workers, firm.phone) == ("Maju", 9, "+6281911200001")
    assert (firm.first_seen, firm.last_seen) == (make.AS_OF, date(2020, 7, 31))


@pytest.mark.django_db
def test_an_older_list_that_comes_late_fills_gaps_and_replaces_nothing():
    from datetime import date

    make.read(make.firm(nik=make.nik(1), workers="9"))
    older = date(2019, 1, 31)
    make.read(make.firm(nik=make.nik(1), workers="3", phone="081911200001"), as_of=older)
    firm = Enterprise.objects.get()
    assert (firm.workers, firm.phone) == (9, "+6281911200001")
    assert (firm.first_seen, firm.last_seen) == (older, make.AS_OF)
