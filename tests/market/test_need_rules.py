"""What a need may ask for."""

from datetime import date
from decimal import Decimal

import pytest

from pulih.common.errors import Message
from pulih.market.rules.needs import AskedStandard, Terms, wrong_terms

TODAY = date(2020, 6, 15)
SNI = AskedStandard(Message("SNI 8914:2020", "SNI 8914:2020"), date(2020, 9, 16), None)
OLD = AskedStandard(Message("SNI lama", "Old SNI"), date(2000, 1, 1), date(2020, 7, 1))


def terms(**changes):
    usual = {"quantity": 100, "due": date(2020, 9, 30), "standard": None, "max_price": None}
    usual |= {"min_order": 1, "max_suppliers": None, "weight": Decimal(1), "weight_reason": ""}
    return Terms(**(usual | changes))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"due": date(2020, 6, 14)}, "setelah 15 Jun 2020"),
        ({"due": TODAY}, "setelah 15 Jun 2020"),
        ({"due": date(2020, 9, 1), "standard": SNI}, "sejak 16 Sep 2020"),
        ({"standard": OLD}, "tidak berlaku lagi sejak 1 Jul 2020"),
        ({"min_order": 101}, "melebihi seluruh kebutuhan"),
        ({"weight": Decimal(2)}, "alasan bobot"),
    ],
)
def test_wrong_terms_are_one_sentence(changes, sentence):
    assert sentence in wrong_terms(terms(**changes), TODAY).id


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"standard": SNI},
        {"due": date(2020, 9, 16), "standard": SNI},
        {"weight": Decimal(2), "weight_reason": "IGD"},
        {"min_order": 100},
    ],
)
def test_lawful_terms_pass(changes):
    assert wrong_terms(terms(**changes), TODAY) is None
