"""Lists of the market read as many rows of a large market as of one a third of its size."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.urls import reverse

from pulih.config.roles import connect
from pulih.market.models import Need, Order
from pulih.web import keyset
from pulih.workflow import tasks
from tests.make import market
from tests.people import cast
from tests.rows_read import rows_read

pytestmark = pytest.mark.django_db(transaction=True)
COUNTED, SMALL, LARGE = 50, 400, 1_200
COPY_NEEDS = """
INSERT INTO market_need (buyer_id, product_id, province_id, regency_id, state, quantity, due,
    ordered, received)
SELECT buyer_id, product_id, province_id, regency_id, state, quantity, due + n %% 30, 0, 0
FROM market_need, generate_series(1, %(more)s) AS n WHERE market_need.id = %(need)s
"""
STATE_TERMS = """
INSERT INTO market_needterms (need_id, number, quantity, place, due, min_order, weight,
    weight_reason, at)
SELECT id, 1, quantity, '', due, 1, 1, '', now() FROM market_need WHERE terms_id IS NULL
"""
NAME_TERMS = """
UPDATE market_need SET terms_id = terms.id FROM market_needterms AS terms
WHERE terms.need_id = market_need.id AND market_need.terms_id IS NULL
"""
COPY_ORDERS = """
INSERT INTO market_order (need_id, terms_id, enterprise_id, province_id, regency_id,
    to_province_id, to_regency_id, state, quantity, goods, fee, transport, work_from, ready_by,
    answer_until, sent, good, refused, bast, on_bast, waits_since, waits_until)
SELECT need.id, need.terms_id, %(other)s, old.province_id, old.regency_id,
    old.to_province_id, old.to_regency_id, 'offered', 1, 1, 0, 0, old.work_from, old.ready_by,
    old.answer_until, 0, 0, 0, '', 0, old.waits_since, old.waits_until
FROM market_need AS need, market_order AS old
WHERE old.id = %(order)s AND NOT EXISTS (SELECT 1 FROM market_order WHERE need_id = need.id)
"""
COPIES = (COPY_NEEDS, STATE_TERMS, NAME_TERMS, COPY_ORDERS)


@pytest.fixture
def grow(transactional_db, django_db_setup):
    """Return a function that lets the market have so many needs, each with an offer that waits."""
    owner = {**django_db_setup.owner, "NAME": connection.settings_dict["NAME"]}
    maker = market.capacity(market.firm("Konveksi 1"))
    need = market.need(1000)
    order = market.offered(need, maker, 1, ready_by=market.DAY + timedelta(9))
    other = market.firm("Konveksi 2")

    def to(size):
        given = {"need": need.pk, "order": order.pk, "other": other.pk}
        given["more"] = size - Need.objects.count()
        with connection.cursor() as cursor:
            for statement in COPIES:
                cursor.execute(statement, given)
        with connect(owner) as server:
            server.execute("ANALYZE")  # What the server does by itself within minutes.
        assert Order.objects.count() == Need.objects.count() == size

    return to


PAGES = {
    "board": ("needs", {}),
    "orders": ("orders", {}),
    "orders in one state": ("orders", {"state": "offered"}),
    "orders that wait for my office": ("orders", {"mine": "on", "sort": "waits_until"}),
}


def most_read(client, person):
    """Return the rows that each page reads, by its name."""
    client.force_login(person)
    found = {}
    for page, (name, asked) in PAGES.items():
        path = reverse(f"market:{name}")
        client.get(path, {"per": market.DAY, **asked})  # What is kept from then on is not measured.
        with rows_read() as reads:
            assert client.get(path, {"per": market.DAY, **asked}).status_code == 200
        found[page] = sum(rows for rows, _sql in reads)
    return found


@pytest.mark.parametrize("person", [cast.planner, cast.regency_officer])
def test_a_larger_market_costs_a_page_no_more_rows(grow, client, monkeypatch, person):
    monkeypatch.setattr(keyset, "COUNTED", COUNTED)
    monkeypatch.setattr(tasks, "_kept", {})  # Statements of the menu that count further.
    grow(SMALL)
    few = most_read(client, person())
    grow(LARGE)
    many = most_read(client, person())
    assert {page: rows for page, rows in many.items() if rows > 1.1 * few[page] + 60} == {}


def test_the_needs_that_ask_are_counted_without_reading_the_others(grow):
    grow(SMALL)
    Need.objects.exclude(pk=Need.objects.order_by("pk")[0].pk).update(ordered=F("quantity"))
    grow(SMALL)  # Nothing is added; PostgreSQL looks at the table again.
    with rows_read() as reads:
        assert keyset.count(Need.objects.asking()) == 1
    assert sum(rows for rows, _sql in reads) < SMALL / 4
