"""The function that moves goods runs as the owner of the tables, so it asks the reach itself."""

import pytest
from django.db import DatabaseError, connection, transaction

from pulih.audit.models import Event
from pulih.delivery.actions.goods import ADD_MOVE
from pulih.delivery.models import Move
from pulih.people.scope import speaking_for
from tests.make import areas
from tests.make import delivery as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def moved(item, speaker, by=None):
    """Tell whether PostgreSQL lets a connection that speaks for somebody issue one piece."""
    values = {
        "item": item.pk, "kind": "issued", "from_spot": "store", "to_spot": "workshop",
        "quantity": 1, "value": 0, "day": make.FIRST, "payment": "", "paid_by": None,
        "session": None, "handover": None, "reason": "", "by": (by or speaker).pk,
        "verb": "delivery.move",
    }  # fmt: skip
    try:
        with transaction.atomic(), speaking_for(speaker), connection.cursor() as cursor:
            cursor.execute(ADD_MOVE, values)
    except DatabaseError as error:
        if "out of reach" not in str(error):
            raise
        return False
    return True


def test_goods_move_within_reach_alone_and_in_ones_own_name():
    item = make.stocked(make.activity())
    own = make.stocked(make.activity(area=areas.regency()))
    of_regency, office = cast.regency_officer(), cast.provincial_officer()
    allowed = [(item, office), (item, cast.planner()), (own, of_regency)]
    assert [moved(*one) for one in allowed] == [True, True, True]
    refused = [
        (item, cast.provincial_officer("Bali")), (item, cast.auditor()), (item, of_regency),
        (own, cast.regency_officer("Kota Denpasar")), (item, office, cast.planner()),
    ]  # fmt: skip
    before = Move.objects.count(), Event.objects.filter(verb="delivery.move").count()
    assert [moved(*one) for one in refused] == [False] * 5
    assert (Move.objects.count(), Event.objects.filter(verb="delivery.move").count()) == before
