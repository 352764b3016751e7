import pytest

from pulih.inbox.models import SourceRecord, State
from pulih.registry.models import Enterprise, EnterpriseSource
from tests.make import inbox as make

pytestmark = pytest.mark.django_db


def test_a_list_becomes_rows_enterprises_and_lineage():
    batch = make.read(make.firm(nik=make.nik(1)), make.firm("UD Maju", nik=make.nik(2)))
    assert batch.state == State.DONE, batch.problem_en
    assert batch.rows == batch.accepted + batch.corrected + batch.rejected == 2
    assert SourceRecord.objects.filter(batch=batch).count() == 2
    assert Enterprise.objects.count() == EnterpriseSource.objects.count() == 2
    assert batch.effects["enterprises_new"] == 2
