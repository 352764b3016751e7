"""How often a proof is sought, and the same table read."""

import random

from pulih.disclosure import beside
from pulih.disclosure.prove import _Proof
from tests.make import disclosure as make


def test_what_several_tables_ask_is_proven_once(monkeypatch):
    # Tables of a release look alike, and each is proven beside its past and by itself.
    asked, run = [], _Proof.run
    monkeypatch.setattr(_Proof, "run", lambda proof: asked.append(proof.question) or run(proof))
    chance = random.Random(3)
    regencies = make.places(chance)
    population = make.firms(chance, regencies)
    rules = {"firms": make.RULES, "others": make.RULES}

    def of_both(population):
        rows = make.table(regencies, population)
        return [(measure, *row[1:]) for measure in rules for row in rows]

    first = make.protected(of_both(population), rules=rules)
    asked.clear()
    later = make.changed(chance, regencies, population)
    second = make.protected(of_both(later), [make.shown(first)], rules)
    assert not second.findings
    assert len(asked) == len(set(asked)) > 3


def test_what_a_release_shows_is_read_once(monkeypatch):
    read, structure_of = [], beside.structure_of
    monkeypatch.setattr(
        beside, "structure_of", lambda *table: read.append(table) or structure_of(*table)
    )
    rules = {"firms": make.RULES, "others": make.RULES | {"within": ["firms"]}}
    rows = make.random_table(3)
    both = [(measure, *row[1:]) for measure in rules for row in rows]
    first = make.shown(make.protected(both, rules=rules))
    read.clear()
    make.protected(both, [first], rules)
    assert len(read) == 3  # Both of the earlier release, and the wider one of this release.
