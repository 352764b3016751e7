"""Search and filters: what they find, and that nobody finds what she may not see."""

from datetime import date

import pytest
from django.db import connection

from pulih.people.scope import speaking_for
from pulih.registry import search
from pulih.registry.models import Enterprise, EnterpriseEvent
from tests.make import inbox as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
HEADS = (*make.HEADS, "Kabupaten/Kota")


@made_once(autouse=True, language="en")
def firms():
    names = ["Batik Sari", "Sari Wangi", "UD Wangi Sarana", "Konveksi Siti"]
    regencies = ["Kab. Indramayu", "Kab. Cirebon", "Kab. Indramayu", "Kab. Cirebon"]
    listed = [
        (*make.firm(name, owner=f"Ibu Rina {n}", nik=make.nik(n) if n else ""), regency)
        for n, (name, regency) in enumerate(zip(names, regencies, strict=True))
    ]
    make.read(*listed, heads=HEADS)


def found(person, asked="", size=50, order=search.BY_NAME, **filters):
    with speaking_for(person):
        names, cursor = [], ""
        while cursor is not None:
            page = search.page(person, asked, filters, cursor, size, order)
            names += [each.name for each in page.rows]
            cursor = page.next
        assert search.count(person, asked, filters) == len(names)
        return names


def test_names_that_begin_with_the_words_come_first():
    assert found(cast.planner(), "sar") == ["Sari Wangi", "Batik Sari", "UD Wangi Sarana"]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_of_any_size_show_each_once_in_the_same_order(size):
    for asked in ("sar", "", "rina", "wa sar"):
        everything = found(cast.planner(), asked)
        assert found(cast.planner(), asked, size=size) == everything


def test_all_words_must_begin_and_legal_forms_do_not_count():
    assert found(cast.planner(), "ud wangi sara") == ["UD Wangi Sarana"]
    assert found(cast.planner(), "rina") != []
    assert found(cast.planner(), "zz") == []
    assert found(cast.planner(), "'); DROP TABLE x; --") == []
    assert found(cast.planner(), "%") == []


def test_a_number_is_found_whole():
    assert found(cast.planner(), make.nik(1)) == ["Sari Wangi"]
    assert found(cast.planner(), "3212014101809") == []


def test_filters_keep_what_they_say():
    planner, indramayu = cast.planner(), cast.area("Kab. Indramayu")
    assert found(planner, regency=str(indramayu.pk)) == ["Batik Sari", "UD Wangi Sarana"]
    assert found(planner, "sar", missing="nik") == ["Batik Sari"]
    assert found(planner, making="no") == []
    assert len(found(planner, making="yes", commodity="apparel")) == 4
    assert found(planner, scale="large") == []


@pytest.mark.parametrize("order", [search.BY_NAME, ("-sort_key", "-id"), ("-id",)])
def test_every_order_shows_each_once(order):
    assert sorted(found(cast.planner(), size=1, order=order)) == sorted(found(cast.planner()))


def test_nobody_finds_what_lies_out_of_reach():
    for asked in ("sar", "", make.nik(1)):
        assert found(cast.provincial_officer("Jawa Tengah"), asked) == []
        assert found(cast.administrator(), asked) == []
    assert found(cast.regency_officer(), "sar") == ["Batik Sari", "UD Wangi Sarana"]
    assert len(found(cast.auditor())) == len(found(cast.provincial_officer())) == 4


def test_a_filter_does_not_reach_where_the_person_does_not():
    west_java = str(cast.area("Jawa Barat").pk)
    assert found(cast.provincial_officer("Jawa Tengah"), province=west_java) == []


def test_the_functions_ask_for_the_reach_themselves():
    with speaking_for(cast.provincial_officer("Jawa Tengah")), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_search('{sar}', '{}', 0, '', 0, 99)")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT registry_count('{sar}', '{}', 99)")
        assert cursor.fetchone() == (0,)


def test_a_broken_cursor_gives_the_first_page():
    planner = cast.planner()
    with speaking_for(planner):
        for cursor in ("x", "W10", "WzIsMSwyLDNd", "é"):
            assert len(search.page(planner, "sar", {}, cursor, 50).rows) == 3


def test_history_keeps_every_row_of_a_bulk_update():
    before = EnterpriseEvent.objects.count()
    changed = Enterprise.objects.update(product="Kain")
    assert changed == EnterpriseEvent.objects.count() - before == 4


def test_a_newer_list_leaves_one_kept_state_for_each_enterprise_it_changes():
    rows = [make.firm("Sari Wangi", nik=make.nik(1), workers="9")]
    make.read(*rows, as_of=date(2020, 8, 31))
    kept = EnterpriseEvent.objects.get()
    assert kept.workers == 6
