"""Data quality per office: what is counted, how areas compare, what to fix, who sees what."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pulih.areas.models import Area
from pulih.audit.models import Event
from pulih.registry import quality
from pulih.registry.models import Enterprise
from pulih.registry.quality import Quality
from pulih.registry.quality_rows import QualityRow, rest_of
from tests.make import inbox as make_inbox
from tests.make import registry as make_registry
from tests.once import made_once
from tests.people import cast

numbers = st.integers(0, 1_000)


def counted(firms, **parts):
    return Quality(firms=firms, **{name: min(firms, part) for name, part in parts.items()})


@given(numbers, st.fixed_dictionaries(dict.fromkeys(quality.GAPS, numbers)))
def test_what_is_there_and_what_is_missing_make_the_whole(firms, parts):
    one = counted(firms, **parts)
    for part in quality.PARTS:
        assert getattr(one, part) + one.missing(part) == firms
    if firms:
        assert 0 <= one.completeness <= 1
    else:
        assert one.completeness is None


@given(st.lists(st.tuples(numbers, numbers), max_size=8))
def test_the_sum_of_areas_counts_every_firm_once(areas):
    every = [counted(firms, nik=nik) for firms, nik in areas]
    assert quality.total(every).firms == sum(firms for firms, _nik in areas)


@given(
    st.lists(st.tuples(numbers, numbers, numbers), max_size=8), st.tuples(numbers, numbers, numbers)
)
def test_rows_and_what_lies_between_them_make_the_total(rows, between):
    shown = [
        QualityRow(Area(sort_key="Satu"), counted(firms), waiting, merged, None, "", stated=None)
        for firms, waiting, merged in rows
    ]
    firms, waiting, merged = (sum(each) for each in zip(*rows, between, strict=True))
    rest = rest_of(counted(firms), waiting, merged, shown)
    assert (rest is None) == (not any(between))
    if rest:
        assert (rest.firms, rest.waiting, rest.merged) == between


def test_a_pair_of_two_regencies_is_in_no_row_and_in_the_total(client, firms):
    make_inbox.read(
        make_inbox.firm("Batik Lain", nik=make_inbox.nik(9)),
        office=cast.area("Kota Bandung"),
        by=cast.regency_officer("Kota Bandung"),
    )
    make_registry.review(firms[0], Enterprise.objects.latest("pk"))
    page = see(client, cast.provincial_officer()).content.decode()
    assert "Di antara wilayah atau tanpa wilayah" in page
    answer = see(client, cast.provincial_officer(), format="csv")
    assert "Di antara wilayah atau tanpa wilayah" in b"".join(answer.streaming_content).decode()


def test_the_fullest_area_is_number_one_and_empty_areas_have_no_number():
    areas = {1: Quality(10, nik=5), 2: Quality(10, nik=9), 3: Quality()}
    assert quality.rank(2, areas) == (1, 2)
    assert quality.rank(1, areas) == (2, 2)
    assert quality.rank(3, areas) is None


def see(client, person, **asked):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("registry:quality"), asked)


@made_once(language="en")
def firms(db):
    make_inbox.read(
        make_inbox.firm(nik=make_inbox.nik(1), phone="081911200001"),
        make_inbox.firm("Toko Makmur", owner="Budi", kbli="47111", product="Sembako"),
        make_inbox.firm("Batik Aat", owner="Aat", kbli=""),
        **make_registry.indramayu(),
    )
    for place, code in enumerate(("3212142001", None, "3301012001")):
        one = Enterprise.objects.order_by("pk")[place]
        one.village_code = code
        one.save()
    return list(Enterprise.objects.order_by("pk"))


def test_a_regency_counts_its_own_firms_and_their_gaps(client, firms):
    own = see(client, cast.regency_officer()).context["own"]
    assert (own.firms, own.nik, own.phone) == (3, 1, 1)
    assert own.missing("wrong_village") == 1
    assert own.missing("wrong_kbli") == 1


def test_each_gap_leads_to_the_firms_that_have_it(client, firms):
    page = see(client, cast.regency_officer())
    for gap in page.context["gaps"]:
        listed = client.get(gap.stated.url).context["list"].page
        assert len(listed.rows) == gap.number


def test_a_province_sees_its_regencies_and_a_planner_the_provinces(client, firms):
    page = see(client, cast.provincial_officer())
    assert {row.area.level for row in page.context["rows"]} == {"regency"}
    page = see(client, cast.planner())
    assert len(page.context["rows"]) >= 34
    assert page.context["own"].firms == 3


def test_a_planner_opens_a_province_and_a_regency(client, firms):
    for name in ("Jawa Barat", "Kab. Indramayu"):
        page = see(client, cast.planner(), area=cast.area(name).pk)
        assert page.context["own"].firms == 3


def test_a_stranger_finds_no_other_area_but_compares_with_all(client, firms):
    stranger = cast.regency_officer("Kota Bandung")
    assert see(client, stranger, area=cast.area("Kab. Indramayu").pk).status_code == 404
    assert see(client, stranger, area="x").status_code == 404
    page = see(client, stranger)
    assert page.context["own"].firms == 0
    assert page.context["compared"][0].middle == pytest.approx(1 / 3)


def test_a_fuller_file_shows_as_points_gained(client, firms):
    make_inbox.read(
        make_inbox.firm(nik=make_inbox.nik(1)),
        as_of=date(2020, 6, 30),
        **make_registry.indramayu(),
    )
    page = see(client, cast.regency_officer())
    nik = page.context["compared"][0]
    assert nik.newest == 1
    assert nik.change == pytest.approx(100 * 2 / 3)


def test_what_was_counted_is_counted_anew_when_a_firm_changes(client, firms):
    assert see(client, cast.regency_officer()).context["own"].firms == 3
    firms[0].is_listed = False
    firms[0].save()
    assert see(client, cast.regency_officer()).context["own"].firms == 2


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_table_is_exported_and_the_export_recorded(client, firms, form):
    answer = see(client, cast.provincial_officer(), format=form)
    content = b"".join(answer.streaming_content)
    assert Event.objects.filter(verb="registry.export").count() == 1
    if form == "csv":
        assert "Indramayu" in content.decode("utf-8-sig")
