"""The generated documents add up to where each line stands, in an order that could have been."""

from collections import Counter, defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.budget.rules.amounts import Amounts
from pulih.scenarios.covid_2020 import pok
from pulih.scenarios.covid_2020.figures import REPORTED_ON
from pulih.scenarios.covid_2020.papers import LAST_KNOWN, monthly_plan, papers_of
from pulih.scenarios.covid_2020.shares import province_shares
from tests.examples import examples

SEED = 2020


def units(seed=SEED):
    yield "00", pok.central_lines(seed)
    for share in province_shares(2_000, seed):
        yield share.code, pok.lines_of(share, seed)


@given(st.integers(1, 10_000))
@settings(max_examples=examples(12), deadline=None)  # A case is 35 units of documents.
def test_every_prefix_is_lawful_and_the_whole_is_the_line(seed):
    for code, lines in list(units(seed))[::7]:
        taken_back = {}
        stands = {line.key: Amounts(ceiling=line.ceiling) for line in lines}
        for paper in papers_of(code, lines, seed):
            taken_back[paper.kind, paper.number] = paper.movements
            moved = paper.movements or ()
            if paper.kind == "correction":
                moved = [(key, kind, -by) for key, kind, by in taken_back[paper.refers_to]]
            for key, kind, rupiah in moved:
                if kind not in ("request", "order"):
                    stands[key] = stands[key].after([(kind, rupiah)])
            assert all(stands[key].is_lawful for key, _kind, _by in moved)
        for line in lines:
            wanted = Amounts(line.ceiling, line.blocked, line.committed, line.realised)
            assert stands[line.key] == wanted


def test_what_a_paper_names_was_written_down_before_it():
    for code, lines in units():
        seen = set()
        for paper in papers_of(code, lines, SEED):
            assert paper.refers_to is None or paper.refers_to in seen
            assert (paper.kind, paper.number) not in seen
            assert paper.effective_on <= REPORTED_ON
            assert paper.known_at.date() >= paper.effective_on or paper.known_at == LAST_KNOWN
            seen.add((paper.kind, paper.number))


def test_there_are_enough_papers_of_every_kind_and_unpaid_ones_of_every_age():
    kinds, ages = Counter(), Counter()
    for code, lines in units():
        papers = papers_of(code, lines, SEED)
        kinds.update(paper.kind for paper in papers)
        paid = defaultdict(int)
        asked = {(p.kind, p.number): p.refers_to for p in papers}
        for paper in papers:
            if paper.kind == "sp2d":
                paid[asked[asked[paper.refers_to]]] += sum(by for _k, _a, by in paper.movements)
        for paper in papers:
            if paper.kind == "commitment":
                owed = paper.movements[0][2] - paid["commitment", paper.number]
                ages[min((REPORTED_ON - paper.effective_on).days // 30, 3)] += owed > 0
    assert 1_000 <= sum(kinds.values()) <= 3_500
    assert set(kinds) >= {"block", "release", "commitment", "spp", "spm", "sp2d", "correction"}
    assert all(ages[age] >= 10 for age in range(4))


def test_absorption_differs_between_provinces():
    shares = [
        sum(line.realised for line in lines) / sum(line.ceiling for line in lines)
        for _code, lines in units()
    ]
    assert max(shares) > 1.8 * min(shares)


@pytest.mark.parametrize("ceiling", [0, 7, 732_352_941])
def test_page_three_adds_up_to_the_ceiling(ceiling):
    plan = monthly_plan("32", ceiling, SEED)
    assert list(plan) == list(range(1, 13))
    assert sum(plan.values()) == ceiling
    assert min(plan.values()) >= 0


def test_the_same_seed_writes_the_same_papers():
    lines = next(lines for code, lines in units() if code == "32")
    assert papers_of("32", lines, SEED) == papers_of("32", lines, SEED)
    assert papers_of("32", lines, SEED)[0].effective_on >= date(2020, 1, 20)
