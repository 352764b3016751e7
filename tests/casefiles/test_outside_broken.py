"""Each cell that the contract forbids is told at its place, in both languages."""

import pytest

from pulih.matching.command import run as match
from pulih.refocusing.command import run as refocus
from pulih.selection.command import run as select
from tests.casefiles.outside_broken import every, objections
from tests.outside import Case
from tests.refocusing.outside_cases import COLUMNS as REFOCUS
from tests.selection.outside_cases import COLUMNS as SELECT

COMMANDS = {"refocus": refocus, "match": match, "select": select}


def lawful_refocus() -> Case:
    case = Case({}, REFOCUS)
    case.settings = {
        "title": "Contoh", "fiscal_year": 2020, "ceiling": 9, "coverage": [[1, 1]],
        "tolerance": [0, 0], "change_cost": 0,
    }  # fmt: skip
    for area, parent in (("31", ""), ("31.0", "31")):
        case.add("areas", area, parent, area)
    for line in ("L0", "L1"):
        case.add("lines", line, "31", "alat", 5, 1, 1, 0)
    case.add("measures", "alat", "alat", "unit", 1, 0)
    case.add("costs", "31", "alat", 1)
    case.add("needs", "31.0", "modal", 3, 50)
    case.add("effects", "alat", "modal", 1)
    case.add("limits", "31.0", "alat", 1, 3)
    case.add("amounts", "A", "31", "alat", 1, 9)
    case.add("shares", "S", "31", "alat", "0.1", 1)
    return case


def lawful_select() -> Case:
    case = Case({"title": "Contoh", "year": 2020, "seed": "1", "exclusive": []}, SELECT)
    for name in ("A", "B"):
        case.add("applications", name, 1, 1, "", "63.71", "P", "", "")
    case.add("quotas", "q", "daerah=63.71", "people", 1, 2)
    case.add("shares", "s", "daerah=63.71", "*", "0.1", 1)
    return case


MATCH = {
    "areas": ("area", "parent", "island"),
    "products": ("product", "name", "unit", "gram"),
    "needs": (
        *("need", "area", "product", "quantity", "due", "standard", "max_price", "min_order"),
        *("max_suppliers", "weight"),
    ),
    "firms": ("firm", "regency", "severity", "free_from"),
    "capacities": ("firm", "product", "per_week", "price", "lot", "min_order"),
    "transport": ("class", "per_consignment", "per_kg", "days"),
    "certificates": ("firm", "certificate", "valid_to"),
    "groups": ("group", "area", "min_order", "fee"),
    "members": ("group", "firm"),
    "routes": ("from", "to", "class"),
    "placed": ("firm", "product", "quantity", "due"),
}


def lawful_match() -> Case:
    case = Case({}, MATCH)
    case.settings = {
        "title": "Contoh", "as_of": "2020-04-06", "fill": [[1, 1]], "full_weeks": 4,
        "tolerance": [0, 0],
    }  # fmt: skip
    for area, parent in (("31", ""), ("31.1", "31"), ("31.0", "31")):
        case.add("areas", area, parent, "")
    case.add("products", "masker", "masker", "lembar", 5)
    case.add("needs", "N", "31.0", "masker", 9, "2020-05-04", "", 100, 1, 3, 1)
    case.add("firms", "F", "31.0", 50, "")
    case.add("capacities", "F", "masker", 5, 9, 1, 0)
    for kind in ("regency", "province", "island", "country"):
        case.add("transport", kind, 0, 0, 1)
    case.add("certificates", "F", "SNI", "2021-01-01")
    case.add("groups", "G", "31.0", 1, 0)
    case.add("members", "G", "F")
    case.add("routes", "31.1", "31.0", "country")
    case.add("placed", "F", "masker", 1, "2020-04-20")
    return case


LAWFUL = {"refocus": lawful_refocus, "match": lawful_match, "select": lawful_select}


@pytest.mark.parametrize(("command", "table", "column", "value"), list(every()))
def test_a_cell_that_may_not_be_is_told_at_its_place(command, table, column, value, tmp_path):
    case = LAWFUL[command]()
    assert list(objections(COMMANDS[command], case, table, column, value, tmp_path)) == []
