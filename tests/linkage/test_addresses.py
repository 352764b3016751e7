"""What an address says of the door: RT and RW in each form, and the village behind a street."""

from pulih.linkage.explain import levels_of
from tests.linkage.small import record

FORMS = (
    *("RT 2/4", "RT. 02 / 04", "rt.002/004", "RT/RW 02/04", "RT/RW: 002-004", "Rt/Rw.02.04"),
    *("RT 02 RW 04", "RW 4 RT 2", "RT002/RW004", "RT 02 - RW 04"),
)


def places(*pairs):
    """Return the level of place of each pair of addresses in one village."""
    records = [(record(1, address=one), record(2, address=other)) for one, other in pairs]
    return [levels["place"] for levels in levels_of(records)]


def test_rt_and_rw_are_read_in_each_form():
    doors = [(form, "Jl. Kenanga No. 5 RT 02/RW 04") for form in FORMS]
    streets = [(f"Jl. Kenanga {form}", "Jl. Kenanga RT 03/RW 04") for form in FORMS]
    others = [(form, "RT 02/RW 05") for form in FORMS]
    many = len(FORMS)
    assert places(*doors, *streets, *others) == (
        ["door"] * many + ["street"] * many + ["village, another door"] * many
    )


def test_the_rw_behind_a_slash_is_no_house():
    assert places(
        ("Jl. Kenanga RT 2/4", "Jl. Kenanga No. 4 RT 3/5"),
        ("Jl. Kenanga No. 5 RT 2/4", "Jl. Kenanga 5"),
    ) == ["street", "door"]


def test_the_village_behind_a_street_is_no_part_of_it():
    assert places(
        ("Jl. Mawar No. 5, Desa Sukamaju", "Jl. Mawar No. 5"),
        ("Jl. Mawar, Ds. Sukamaju", "Mawar RT 3 RW 1"),
        ("Jl. Mawar No. 5", "Desa Sukamaju"),
        ("RT 2 RW 4, Sukamaju", "Jl. Mawar RT 2 RW 4"),
        ("Jl. Sukamaju No. 5", "Sukamaju 5"),
        ("Jl. Mawar, Desa Sukamaju", "Jl. Kenanga, Desa Sukamaju"),
    ) == ["door", "street", "village", "door", "door", "village, another door"]


def test_an_rt_without_its_rw_contradicts_no_rt_of_its_number():
    assert places(
        ("RT 6", "RT 06/RW 03"),
        ("Blok D RT 4 RW 1", "RT 4"),
        ("RT 6", "Jl. Kenanga No. 5 RT 07/RW 03"),
        ("RT 6", "RT 16/RW 03"),
        ("RT 1/3", "RT 1/35"),
        ("RT 2", "Rt. 2"),
    ) == ["village", "village", *["village, another door"] * 3, "door"]
