"""The tables of a release: what is written quickly is what would be written slowly."""

import json

import polars as pl
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from pulih.portal.pages.book import Number
from pulih.portal.pages.rows import PageRow
from pulih.portal.tables import rows_as_json

rows = st.tuples(st.none() | st.text(), st.none() | st.integers(-(2**63), 2**63 - 1))


@given(st.lists(rows))
def test_rows_are_written_as_json_writes_them(given_rows):
    schema = {"name": pl.String, "value": pl.Int64}
    frame = pl.DataFrame(given_rows, schema=schema, orient="row")
    slowly = json.dumps(frame.to_dicts(), ensure_ascii=False, separators=(",", ":"))
    assert rows_as_json(frame) == slowly


SLOWLY = """{% load public %}{% for row in rows %}\
<tr{% if row.code %} id="{{ row.code }}"{% endif %}\
{% if row.code|length == 2 %} class="sum"{% endif %}>
<th scope="row">{% if row.url %}<a href="{{ prefix }}{{ row.url }}">{{ row.name }}</a>\
{% else %}{{ row.name }}{% endif %}</th>
<td>{{ row.code }}</td>
<td class="num">{% for one in row.numbers %}{% number one "rupiah" %}{% endfor %}</td>
</tr>
{% endfor %}"""
numbers = st.builds(
    Number,
    st.text(),
    st.text(),
    st.text(),
    st.none() | st.integers(0),
    st.sampled_from(["", "[c]"]),
)
places = st.builds(
    PageRow, st.text(), st.lists(numbers, max_size=2), st.text(), st.text(max_size=4)
)


@given(st.lists(places, max_size=3), st.sampled_from(["/", "/en/"]))
def test_rows_of_places_are_written_as_a_template_writes_them(given_rows, prefix):
    context = {"rows": given_rows, "prefix": prefix}
    quickly = "{% load public %}{% rows_by_place rows 'rupiah' %}"
    django = engines["django"]
    slowly = django.from_string(SLOWLY).render(dict(context))
    assert django.from_string(quickly).render(dict(context)) == slowly
