"""Who published a release is told of lists that move its figures afterwards."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.audit.models import Event
from pulih.inbox.models import ImportBatch, State
from pulih.people.scope import speaking_as_system
from pulih.portal import actions
from pulih.portal.models import Release
from pulih.portal.reads.late_lists import late_lists
from pulih.workflow.models import Notice
from tests.make import impact
from tests.make import portal as make

pytestmark = pytest.mark.django_db
WITH_PAGES = False


def world():
    make.country()


def tell() -> int:
    with speaking_as_system() as system:
        return actions.tell_late_lists(by=system)


def came(day: date = make.DAY, **values: object) -> ImportBatch:
    batch = impact.batch()
    usual = {"as_of": day, "state": State.DONE, "rows": 3, "accepted": 3}
    ImportBatch.objects.filter(pk=batch.pk).update(**{**usual, **values})
    return batch


def test_both_stewards_are_told_once_of_a_list_of_its_day(release: Release, client):
    assert tell() == 0
    late = came()
    came(date(2020, 6, 16))
    came(rows=1, accepted=0, rejected=1)
    assert tell() == 1
    assert tell() == 0
    told = Notice.objects.filter(machine="release", subject_id=release.pk)
    new = told.filter(title_english__contains="move figures")
    assert {one.person_id for one in new} == {release.made_by_id, release.published_by_id}
    client.force_login(make.steward())
    page = client.get(reverse("portal:release", args=[release.pk])).content.decode()
    assert late.office.name in page
    assert "setelah rilis dihitung" in page


def test_a_list_that_is_withdrawn_after_it_was_counted_is_told_too(release: Release):
    with speaking_as_system():
        counted = ImportBatch.objects.filter(state=State.DONE).first()
    assert counted is not None
    ImportBatch.objects.filter(pk=counted.pk).update(state=State.WITHDRAWN, as_of=make.DAY)
    Event.objects.create(
        verb="inbox.withdraw", subject_type="inbox.importbatch", subject_id=str(counted.pk)
    )
    assert [one.pk for one in late_lists(release).turned] == [counted.pk]
    assert tell() == 1


def test_a_release_from_before_says_nothing_rather_than_everything(release: Release):
    came()
    release.explanation.pop("counted_up_to")
    assert late_lists(release).every == []
