"""What is asked before a release may be published."""

import pytest

from pulih.common.errors import Refusal
from pulih.config.rooms import rooms_with
from pulih.inbox.models import ImportBatch
from pulih.people.scope import speaking_for
from pulih.portal import actions, checking
from tests.make import portal as make


def test_every_room_that_proves_its_totals_is_asked():
    asked = [room.__name__ for room in checking.ROOMS]
    rooms = [room for room in rooms_with("reconcile.py") if room != "pulih.people"]
    assert asked == [f"{room}.reconcile" for room in rooms]


@pytest.mark.django_db
def test_rows_that_a_file_lost_hold_a_release_back():
    make.firms("Kab. Bandung", 8)
    release, by = make.drafted(), make.steward()
    with speaking_for(by):
        actions.protect(release, by=by)
    ImportBatch.objects.filter(kind="impact").update(rows=9, accepted=9)
    with pytest.raises(Refusal) as refused, speaking_for(by):
        actions.check(release, by=by)
    assert "inbox: 1 files whose rows are not all there" in refused.value.message.en
