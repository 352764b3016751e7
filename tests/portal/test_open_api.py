"""Whatever is asked of the open API is answered: rows that were asked for, or one sentence."""

import json

import jsonschema_rs
import polars as pl
import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from pulih.portal import open_api
from pulih.portal.tables import COLUMNS

CELLS = pl.DataFrame(
    [
        {
            **dict.fromkeys(COLUMNS, ""),
            "cell": f"{measure}|2020|{area}|all|",
            "measure": measure,
            "area": area,
            "value": None if area == "32" else number,
            "marker": "[c]" if area == "32" else "",
        }
        for number, (measure, area) in enumerate(
            (measure, area) for measure in ("firms", "budget") for area in ("ID", "32", "3204")
        )
    ],
    schema=dict.fromkeys(COLUMNS, pl.String) | {"value": pl.Int64},
)
edge = st.sampled_from(
    ["", "0", "1", "2", "5000", "5001", "-1", "1e3", "ID", "32", "[c]", "firms", "latest", "csv",
     "json", "..", "2020-06-15.1", "%", "'; --", "\x00", "٣", "é" * 50, "null"]
)  # fmt: skip
value = edge | st.text(max_size=30)
name = st.sampled_from(sorted(open_api.ASKED)) | st.text(max_size=12)
queries = st.dictionaries(name, value, max_size=5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    home = tmp_path_factory.mktemp("public")
    names = ("/data/latest/cells.parquet", "/data/r/2020-06-15.1/cells.parquet")
    for one in names:
        file = home / "0" / "site" / one[1:]
        file.parent.mkdir(parents=True)
        CELLS.write_parquet(file)
    files = {one: {"sha256": "0" * 64, "bytes": 1} for one in names}
    gone = {"/data/r/2020-06-30.1": "Ditarik"}
    (home / "0" / "index.json").write_text(json.dumps({"files": files, "gone": gone}))
    (home / "current").symlink_to("0")
    return home


@pytest.fixture(autouse=True)
def served(folder, settings, monkeypatch):
    settings.PUBLIC_FOLDER = folder
    monkeypatch.setattr(open_api, "AN_ADDRESS", 10**9)


def ask(query):
    return open_api.cells(RequestFactory().get("/api/open/v1/cells", query))


def schema_of(part):
    described = json.loads(open_api.description(RequestFactory().get("/")).content)
    schema = json.dumps(described["components"]["schemas"][part])
    # OpenAPI 3.0 says `nullable` where JSON Schema names a second type.
    for kind in ("integer", "string"):
        nullable = f'{{"type": "{kind}", "nullable": true}}'
        schema = schema.replace(nullable, f'{{"type": ["{kind}", "null"]}}')
    return jsonschema_rs.validator_for(json.loads(schema))


@given(queries)
def test_any_question_gets_an_answer_of_the_kind_that_is_described(query):
    answer = ask(query)
    assert answer.status_code in (200, 404, 422), query
    if answer.status_code != 200:
        assert schema_of("Error").is_valid(json.loads(answer.content)), query
    elif query.get("format") != "csv":
        page = json.loads(answer.content)
        assert schema_of("Page").is_valid(page), query
        for one in page["cells"]:
            asked = {key: query[key] for key in open_api.FILTERS if key in query}
            assert {key: one[key] for key in asked} == asked
        assert len(page["cells"]) <= int(query.get("limit", open_api.USUAL))
    else:
        assert answer.content.decode().startswith("cell,measure")


@given(st.integers(1, 7), st.sampled_from(["", "firms", "budget"]))
def test_pages_of_any_length_hold_each_cell_once(limit, measure):
    query = {"limit": str(limit), **({"measure": measure} if measure else {})}
    found, following = [], ""
    while following is not None:
        page = json.loads(ask(query | ({"after": following} if following else {})).content)
        found += [one["cell"] for one in page["cells"]]
        following = page["next_after"]
    wanted = CELLS if not measure else CELLS.filter(pl.col("measure") == measure)
    assert found == sorted(wanted["cell"])


def test_a_value_that_a_release_knows_nowhere_is_no_empty_answer():
    """Who mistypes a figure would take the empty answer for nothing having been counted."""
    answer = ask({"measure": "firm"})
    assert answer.status_code == 404
    assert "no cell with the measure firm;" in json.loads(answer.content)["error"]
    for query in ({"marker": "[r]"}, {"measure": "firms", "after": "zzz"}):
        assert json.loads(ask(query).content) == {"cells": [], "next_after": None}


def parameters():
    described = json.loads(open_api.description(RequestFactory().get("/")).content)
    return described["paths"]["/api/open/v1/cells"]["get"]["parameters"]


def test_the_description_names_what_may_be_asked_and_nothing_else():
    assert {one["name"] for one in parameters()} == open_api.ASKED
    assert len(parameters()) == len(open_api.ASKED)


@given(st.data())
def test_a_value_is_called_wrong_where_its_description_says_so_and_nowhere_else(data):
    one = data.draw(st.sampled_from(parameters()))
    checked = jsonschema_rs.validator_for(one["schema"])
    typed = data.draw(edge | st.text(max_size=12) | st.integers(-9, 10**7).map(str))
    is_number = one["schema"]["type"] == "integer"
    meant = int(typed) if is_number and typed.isascii() and typed.isdigit() else typed
    answer = ask({one["name"]: typed})
    assert (answer.status_code == 422) is not checked.is_valid(meant), (one["name"], typed)


@given(st.sampled_from(sorted(open_api.ASKED)), value, value)
def test_what_is_asked_twice_is_one_sentence(name, first, second):
    answer = ask({name: [first, second]})
    assert answer.status_code == 422
    assert "more than once" in json.loads(answer.content)["error"]


def test_a_withdrawn_release_answers_with_its_reason():
    answer = ask({"release": "2020-06-30.1"})
    assert answer.status_code == 410
    assert json.loads(answer.content) == {"error": "Ditarik"}
