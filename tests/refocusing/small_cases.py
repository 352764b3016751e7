"""Random cases small enough for the slow reference."""

from hypothesis import strategies as st

from tests.make import refocusing as make

PROVINCES = {"P": ["P1", "P2"], "Q": ["Q1"]}
MEASURES = ["G", "T"]
COVERAGES = [
    [[1.0, 1.0]],
    [[0.5, 1.0], [0.5, 0.5]],
    [[0.25, 2], [0.25, 1], [0.25, 0]],
    [[0.3, 0.7]],
]
shares = st.sampled_from([0, 0.1, 0.25, "0.333", 0.5, 0.75, 1])


@st.composite
def small_cases(draw, *, rules=True):
    """Return a case of at most 3 regencies, 2 measures, 4 lines and 9 rupiah."""
    places = draw(st.sampled_from([["P1"], ["P1", "Q1"], ["P1", "P2"], ["P1", "P2", "Q1"]]))
    provinces = sorted({place[0] for place in places})
    pools = [(p, m) for p in provinces for m in MEASURES]
    rows = {
        "areas": [(p, None, p) for p in provinces] + [(r, r[0], r) for r in places],
        "measures": [
            (m, m, "unit", draw(st.integers(1, 2)), draw(st.integers(0, 2))) for m in MEASURES
        ],
        "costs": draw(costs(places)),
        "needs": draw(needs(places)),
        "effects": draw(effects()),
        "lines": draw(lines(pools)),
        "limits": draw(limits(places + provinces)) if rules else [],
        "amounts": draw(amounts(provinces)) if rules else [],
        "shares": draw(share_rules(provinces)) if rules else [],
    }
    changes = {
        "ceiling": draw(st.integers(0, 9 if len(pools) == 2 else 6)),
        "coverage": draw(st.sampled_from(COVERAGES)),
        "tolerance": draw(st.sampled_from([[0, 0], [0.1, 0.05], [0.5, 0.3]])),
        "change_cost": draw(st.integers(0, 3)),
    }
    return make.case(changes, **rows)


@st.composite
def costs(draw, places):
    rows = {}
    for measure in MEASURES:
        for area in [None, places[0], "P"]:
            if draw(st.booleans()):
                rows[area, measure] = draw(st.sampled_from([0, 1, 1, 1, 2, 2, 2, 3, 3, 3]))
    return [(area, measure, cost) for (area, measure), cost in rows.items()]


@st.composite
def needs(draw, places):
    keys = [(place, need) for place in places for need in ("skill", "tool")]
    chosen = draw(st.lists(st.sampled_from(keys), unique=True, max_size=4))
    return [
        (*key, draw(st.integers(0, 3)), draw(st.sampled_from([0, 12.5, 50, 100]))) for key in chosen
    ]


@st.composite
def effects(draw):
    keys = [(measure, need) for measure in MEASURES for need in ("skill", "tool")]
    chosen = draw(st.lists(st.sampled_from(keys), unique=True, max_size=4))
    return [(*key, draw(st.sampled_from([0, 0.5, 1, 1.5]))) for key in chosen]


@st.composite
def lines(draw, pools):
    chosen = draw(st.lists(st.sampled_from(pools), max_size=3))
    rows = []
    for number, (province, measure) in enumerate(chosen):
        ceiling = draw(st.integers(0, 4))
        committed = draw(st.integers(0, min(2, ceiling)))
        blocked = draw(st.integers(0, min(1, ceiling - committed)))
        protected = int(draw(st.integers(0, 4)) == 0)
        rows.append((f"L{number}", province, measure, ceiling, committed, blocked, protected))
    return rows


@st.composite
def limits(draw, areas):
    keys = [(area, measure) for area in areas for measure in MEASURES]
    chosen = draw(st.lists(st.sampled_from(keys), unique=True, max_size=2))
    rows = []
    for key in chosen:
        low, high = sorted(draw(st.tuples(st.integers(0, 3), st.integers(0, 3))))
        rows.append(
            (*key, low if draw(st.booleans()) else None, high if draw(st.booleans()) else None)
        )
    return rows


@st.composite
def amounts(draw, provinces):
    rows = []
    for number in range(draw(st.integers(0, 2))):
        low, high = sorted(draw(st.tuples(st.integers(0, 4), st.integers(0, 6))))
        rows.append(
            (
                f"A{number}",
                draw(st.sampled_from([None, *provinces])),
                draw(st.sampled_from(["G", "T", "T;G", "*"])),
                low if draw(st.booleans()) else None,
                high if draw(st.booleans()) else None,
            )
        )
    return rows


@st.composite
def share_rules(draw, provinces):
    rows = []
    for number in range(draw(st.integers(0, 2))):
        low, high = sorted(draw(st.tuples(shares, shares)), key=float)
        province = draw(st.sampled_from([None, *provinces]))
        measures = ["G", "T", "T;G"] if province is None else ["G", "T", "T;G", "*"]
        rows.append(
            (
                f"S{number}",
                province,
                draw(st.sampled_from(measures)),
                low if draw(st.booleans()) else None,
                high if draw(st.booleans()) else None,
            )
        )
    return rows
