"""Random cases small enough to try every answer."""

from hypothesis import strategies as st

from tests.make import matching as make

PLACES = ["P1", "P2", "Q1", "R1"]
DAYS = ["2020-04-08", "2020-04-13", "2020-04-20", "2020-04-30"]


@st.composite
def small_cases(draw, *, changes=None):
    """Return a case of at most 2 needs, 3 firms and 1 group with a handful of lots."""
    needs = [
        (
            f"N{number}",
            draw(st.sampled_from(PLACES)),
            draw(st.sampled_from(["M", "M", "S"])),
            draw(st.integers(1, 9)),
            draw(st.sampled_from(DAYS)),
            draw(st.sampled_from([None, None, "MED"])),
            draw(st.sampled_from([None, 5, 8, 11])),
            draw(st.sampled_from([None, 2, 4])),
            draw(st.sampled_from([None, None, 1, 2])),
            draw(st.sampled_from([0, 1, 1, 2, 0.5])),
        )
        for number in range(draw(st.integers(1, 2)))
    ]
    firms = [
        (
            f"F{number}",
            draw(st.sampled_from(PLACES[:3])),
            draw(st.sampled_from([0, 20, 50, 100])),
            draw(st.sampled_from([None, None, "2020-04-10"])),
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    capacities = [
        (
            firm[0],
            product,
            draw(st.integers(1, 7)),
            draw(st.integers(0, 9)),
            draw(st.integers(1, 3)),
            draw(st.sampled_from([0, 0, 3])),
        )
        for firm in firms
        for product in ("M", "S")
        if product == "M" or draw(st.integers(0, 3)) == 0
    ]
    rows = {
        "needs": needs,
        "firms": firms,
        "capacities": capacities,
        "transport": [
            (kind, draw(st.sampled_from([0, 0, 4])), draw(st.sampled_from([0, 300, 700])), days)
            for kind, days in (("regency", 0), ("province", 1), ("island", 2), ("country", 5))
        ],
        "certificates": [
            (firm[0], draw(st.sampled_from(["MED", "CERT", "OTHER"])), "2020-04-25")
            for firm in firms
            if draw(st.booleans())
        ],
        "groups": [("G1", "P1", draw(st.sampled_from([1, 4])), draw(st.integers(0, 2)))],
        "members": [("G1", firm[0]) for firm in firms if firm[1] == "P1" and draw(st.booleans())],
        "placed": [
            (firm[0], "M", draw(st.integers(1, 4)), draw(st.sampled_from(DAYS)))
            for firm in firms
            if draw(st.integers(0, 3)) == 0
        ],
        "barred": [
            (need[0], supplier)
            for need in needs
            for supplier in ("G1", *(firm[0] for firm in firms))
            if draw(st.integers(0, 9)) == 0
        ],
    }
    settings = {
        "fill": draw(st.sampled_from([[[1, 1]], [[0.5, 1.0], [0.5, 0.5]], [[0.3, 2], [0.4, 1]]])),
        "full_weeks": draw(st.sampled_from([1, 1.5])),
        "tolerance": draw(st.sampled_from([[0, 0], [0.1, 0.1], [0.5, 0.25]])),
        "firm_share": draw(st.sampled_from([None, None, 0.5, 1])),
        "regency_share": draw(st.sampled_from([None, None, 0.7, 1])),
    }
    return make.case(settings | (changes or {}), **rows)
