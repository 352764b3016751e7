"""What an address says of the door: RT and RW in the forms that clerks use."""

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
