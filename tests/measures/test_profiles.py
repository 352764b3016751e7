"""Who may come: the same declaration answers one firm and counts a regency."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pulih.impact.models import ImpactReport
from pulih.measures.documents import documents_for, required_documents
from pulih.measures.eligible import FIELDS, facts_of, qualifying
from pulih.measures.models import Measure
from pulih.measures.rules.profiles import FACTS, Comparison, Condition, check, profile, profiles
from pulih.people.scope import speaking_for
from pulih.registry.models import Enterprise
from tests.make import areas
from tests.make import impact as make
from tests.people import cast

values = {
    bool: st.booleans(),
    int: st.integers(0, 99),
    str: st.sampled_from(["small", "large", "unknown", ""]),
    list: st.lists(st.sampled_from(["training", "equipment"])),
}
facts = st.fixed_dictionaries(
    {}, optional={fact: st.none() | values[kind] for fact, kind in FACTS.items()}
)


@given(st.sampled_from(profiles()), facts)
def test_one_fits_when_nothing_fails_and_nothing_is_unknown(asked, known):
    answer = check(asked, known)
    held = [condition.holds(known) for condition in asked.conditions]
    assert answer.fits == (False if False in held else None if None in held else True)
    assert len(answer.failed) == held.count(False)
    assert all(one.why_not.id and one.why_not.en for one in answer.failed)


@given(st.sampled_from(profiles()), facts)
def test_knowing_less_never_turns_no_into_yes(asked, known):
    fewer = {fact: value for fact, value in known.items() if fact.startswith("register.")}
    if check(asked, fewer).fits is False:
        assert check(asked, known).fits is False


@pytest.mark.parametrize(
    ("comparison", "value", "known", "holds"),
    [
        (Comparison.AT_LEAST, 17, 17, True),
        (Comparison.AT_LEAST, 17, 16, False),
        (Comparison.AT_MOST, 45, 46, False),
        (Comparison.HAS, "training", ["training"], True),
        (Comparison.HAS, "training", [], False),
        (Comparison.ONE_OF, ["small"], "unknown", None),
        (Comparison.IS, False, False, True),
    ],
)
def test_each_comparison(comparison, value, known, holds):
    words = profiles()[0].name
    asked = Condition("register.workers", comparison, value, words, words, "")
    assert asked.holds({"register.workers": known}) is holds


def test_nothing_is_asked_of_a_person_that_no_profile_needs():
    needed = {one.fact for each in profiles() for one in each.conditions}
    assert {fact for fact in FACTS if fact.startswith("person.")} == {
        fact for fact in needed if fact.startswith("person.")
    }


@pytest.mark.django_db
def test_every_profile_names_measures_of_the_catalogue():
    known = set(Measure.objects.values_list("code", flat=True))
    assert {code for one in profiles() for code in one.measures} <= known


@pytest.mark.django_db
@pytest.mark.parametrize("code", [one.code for one in profiles()])
def test_a_regency_is_counted_as_each_firm_is_answered(code):
    asked, officer = profile(code), cast.regency_officer()
    for place, (manufacturing, scale, told) in enumerate(
        [(True, "small", 1), (True, "large", 1), (None, "small", 1), (True, "medium", 0),
         (False, "small", None), (True, "unknown", None), (True, "small", None)]
    ):  # fmt: skip
        firm = make.enterprise(f"Konveksi {place}")
        Enterprise.objects.filter(pk=firm.pk).update(is_manufacturing=manufacturing, scale=scale)
        if told is not None:
            make.report(firm, turnover=4_000_000 if told else 10_000_000)
    make.enterprise("Di luar", regency="Kota Bandung")
    from_rows = [check(asked, _known(firm)) for firm in Enterprise.objects.filter(
        regency=areas.regency("Kab. Indramayu"))]  # fmt: skip
    with speaking_for(officer):
        found = qualifying(asked, areas.regency("Kab. Indramayu"), officer)
    wanted = {True: 0, None: 0, False: 0}
    for answer in from_rows:
        unknown = [one for one in answer.unknown if one.fact in FIELDS]
        wanted[False if answer.failed else None if unknown else True] += 1
    assert (found.fit, found.unknown, found.unfit) == (wanted[True], wanted[None], wanted[False])
    assert found.firms == 7


def _known(firm):
    return facts_of(firm, ImpactReport.objects.newest().filter(enterprise=firm).first())


@pytest.mark.django_db
def test_the_page_counts_for_ones_own_area_and_for_no_other(client):
    client.force_login(cast.regency_officer())
    make.enterprise()
    own = client.get(reverse("measures:profiles"))
    assert own.context["area"] == areas.regency("Kab. Indramayu")
    other = client.get(reverse("measures:profiles"), {"area": areas.province("Bali").pk})
    assert other.context["area"] is None
    shown = client.get(reverse("measures:measure", args=["mask_training"])).content.decode()
    assert "punya alat sendiri" in shown
    assert "Daftar hadir narasumber" in shown


def test_a_paper_stands_once_however_many_accounts_ask_for_it():
    found = documents_for(["522151", "521213"])
    assert len({one.code for one in found}) == len(found) == 7
    assert documents_for([]) == []
    assert len(required_documents()) > 15
