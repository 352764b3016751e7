"""The catalogue says the same in both its forms, to a tool that nobody told of it."""

import json
import re

import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, RDF, Namespace

from pulih.portal.datasets import DATASETS, frozen
from pulih.portal.standards import dcat
from tests.make import opendata as make

DCAT = Namespace("http://www.w3.org/ns/dcat#")
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
WORDS = {
    "dataset": "budget", "kind": "money", "label_id": "Pagu", "label_en": "Ceiling",
    "definition_id": 'Yang "boleh" dibelanjakan\nper hari', "definition_en": "What may be spent",
    "unit_id": "rupiah", "unit_en": "rupiah", "source_id": "DIPA \\ POK", "source_en": "DIPA, POK",
    "coverage_id": "Provinsi", "coverage_en": "Provinces", "dimensions": ["month"],
}  # fmt: skip
MEASURES = {"budget_ceiling": WORDS, "affected": {**WORDS, "dataset": "impact", "kind": "count"}}


def tree():
    return dcat.catalogue(make.about(), [*dcat.listed(MEASURES), *dcat.STANDARDS])


def graphs():
    turtle = Graph().parse(data=dcat.as_turtle(tree()), format="turtle")
    return turtle, Graph().parse(data=dcat.as_jsonld(tree()), format="json-ld")


def test_both_forms_are_the_same_graph():
    turtle, jsonld = graphs()
    assert len(turtle) > 100
    assert isomorphic(turtle, jsonld)


def test_what_dcat_ap_demands_is_there():
    graph, _other = graphs()
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    for needed in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset):
        assert list(graph.objects(catalogue, needed))
    datasets = list(graph.objects(catalogue, DCAT.dataset))
    assert len(datasets) == 6
    for dataset in datasets:
        assert (dataset, RDF.type, DCAT.Dataset) in graph
        assert {word.language for word in graph.objects(dataset, DCTERMS.title)} == {"id", "en"}
        for distribution in graph.objects(dataset, DCAT.distribution):
            assert list(graph.objects(distribution, DCAT.accessURL)) == [distribution]


def test_addresses_are_those_of_the_release():
    graph, _other = graphs()
    assert (
        URIRef("https://pulih.example/data/r/2020-06-15.1/budget.csv"), RDF.type, DCAT.Distribution
    ) in graph  # fmt: skip


def test_a_sheet_has_the_five_parts_of_satu_data_and_says_that_it_is_not_verified():
    sheet = json.loads(json.dumps(dcat.sheet("budget", MEASURES)))
    assert sheet["verified"] == "no"
    (one,) = sheet["standar"]
    assert set(one) == {"kode", "konsep", "definisi", "klasifikasi", "ukuran", "satuan"}
    assert one["ukuran"] == "nilai uang"


def test_files_of_standards_have_a_title_in_both_languages_and_others_have_none():
    title = dcat.title_of("ocds/records")
    assert title.en == "Contracts and their payments (OCDS 1.1): one record a contract"
    assert title.id == "Kontrak dan pembayarannya (OCDS 1.1): satu isian per kontrak"
    assert dcat.title_of("cells") is None


def test_a_dataset_has_a_title_of_its_own_and_an_older_release_what_it_holds():
    for one in dcat.listed(frozen(DATASETS)):
        declared = next(each.title for each in DATASETS if each.key == one.key)
        assert one.title == (declared.id, declared.en)
    assert {one.title for one in dcat.listed(MEASURES)} == {("Pagu", "Ceiling")}


def test_a_description_says_what_is_covered_and_where_it_comes_from():
    """What it holds, then two texts with their names: a portal shows nothing else of it."""
    for one in dcat.listed(MEASURES):
        for text, words in zip(
            one.description,
            (".+\\. Cakupan: .+\\. Sumber: .+\\.", ".+\\. Coverage: .+\\. Source: .+\\."),
            strict=True,
        ):
            assert re.fullmatch(words, text), text
