"""Revisions that nobody chose: office, source and what is forbidden, beside the reference."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.revisions.assessing import assess
from tests.examples import examples
from tests.revisions import reference
from tests.revisions.reference import Part
from tests.revisions.test_cases import drafted

pytestmark = pytest.mark.django_db
DAYS = [
    date(2020, 2, 10),
    date(2020, 6, 15),
    date(2020, 10, 5),
    date(2021, 6, 15),
    date(2024, 3, 4),
]
OUTPUTS = {
    False: ["3038.001", "3038.002", "3039.001"],
    True: ["4498.ABO.001", "4498.ABO.002", "4498.QDB.001", "4499.ABO.001"],
}
ACCOUNTS = [
    "521211",
    "521241",
    "521111",
    "522151",
    "522192",
    "524119",
    "526115",
    "532111",
    "532119",
    "511111",
]
HELD = {"realised", "contracted", "blocked"}
PLACES = [("Jawa_Barat", 1), ("Jawa_Barat", 2), ("Bali", 1)]


@st.composite
def cases(draw):
    """Draw a day and two to four lines whose changes add up to nothing, mostly."""
    on = draw(st.sampled_from(DAYS))
    over_units = draw(st.integers(0, 4)) == 0
    of_places = st.sampled_from(PLACES) if over_units else st.just(PLACES[0])
    keys = st.tuples(
        st.sampled_from(OUTPUTS[on.year > 2020]), st.sampled_from(["051", "052"]),
        st.sampled_from(ACCOUNTS), of_places,
    )  # fmt: skip
    told = draw(st.lists(keys, min_size=2, max_size=4, unique=True))
    one_programme = draw(st.integers(0, 3)) > 0
    changes = [100 * draw(st.integers(-3, 3)) for _key in told[1:]]
    rest = 0 if draw(st.integers(0, 9)) == 0 else -sum(changes)
    parts = [
        part(
            draw,
            key,
            change,
            one_programme=one_programme,
            is_alone=not over_units,
            is_first=not place,
        )
        for place, (key, change) in enumerate(zip(told, [rest, *changes], strict=True))
    ]
    falls = not over_units and draw(st.integers(0, 3)) == 0
    return on, parts, falls, over_units


def part(draw, key, change, *, one_programme, is_alone, is_first):
    output, component, account, at = key
    rare = st.integers(0, 7).map(lambda number: number == 0)
    programme = "P1" if one_programme else "P2" if output.startswith(("3039", "4499")) else "P1"
    if is_alone and not is_first and change > 0 and draw(rare):
        return Part(f"{output}.{component}.A.{account}", programme, 0, change)
    return Part(
        f"{output}.{component}.A.{account}", programme, 1000, change,
        paid=draw(st.sampled_from([0, 0, 0, 300, 800])),
        contracted=draw(st.sampled_from([0, 0, 100])), blocked=draw(st.sampled_from([0, 0, 100])),
        fund=draw(st.sampled_from(["RM"] * 8 + ["RMP", "PNP"])),
        words="tunggakan" if draw(rare) else "", is_protected=is_alone and draw(rare), at=at,
    )  # fmt: skip


def written(parts, *, over_units):
    """Write the lines as the file of chosen cases does."""
    for one in parts:
        more = [f"paid={one.paid}", f"contracted={one.contracted}", f"blocked={one.blocked}"]
        more += ["protected"] * one.is_protected + [f"for={one.words}"] * bool(one.words)
        more += [f"at={one.at[0]}:{one.at[1]}"] * over_units
        there = [str(one.before)] if one.before else ["new"]
        more = more if one.before else []
        yield " ".join([one.key, one.fund, one.programme, *there, str(one.change), *more])


@settings(max_examples=examples(40), suppress_health_check=list(HealthCheck))
@given(cases())
def test_a_case_that_nobody_chose_is_decided_as_the_law_reads(drawn):
    on, parts, falls, over_units = drawn
    assume(any(one.change for one in parts))
    case = {
        "name": "drawn", "on": on, "lines": list(written(parts, over_units=over_units)),
        "volume": "falls" if falls else "kept",
    }  # fmt: skip
    if over_units and reference.forbidden(parts, on, falls) & HELD:
        with pytest.raises(Refusal) as refused, transaction.atomic():
            drafted(case)
        assert "is committed or blocked" in refused.value.message.en  # No plan takes what is held.
        return
    with transaction.atomic():
        found = [assess(revision) for revision in drafted(case)]
        transaction.set_rollback(True)
    whole = max((one.judged.whole for one in found), key=lambda verdict: verdict.office)
    assert whole.office.name in reference.offices(parts, on, falls), whole.message.en
    assert whole.rule is not None
    assert whole.rule.source in reference.sources(on, whole.office.name)
    touched = {one.kind for each in found for one in each.touched if one.forbids}
    assert touched == reference.forbidden(parts, on, falls)
