"""Whoever reads a column of money reads in what it is counted."""

from django.utils import translation

from pulih.lists.columns import Column, Kind
from pulih.lists.pages import _head


def test_a_column_of_money_says_rupiah_unless_it_names_a_unit_of_its_own():
    with translation.override("id"):
        bare = Column("cost", "Biaya", lambda row: row, Kind.RUPIAH)
        assert _head(bare).unit == "rupiah"
        named = Column("cost", "Biaya", lambda row: row, Kind.RUPIAH, unit="Rp sebulan")
        assert _head(named).unit == "Rp sebulan"
        assert _head(Column("people", "Peserta", lambda row: row, Kind.WHOLE)).unit == ""
