"""One page says what every room found when its totals were held against its rows."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from pulih.administration import room_checks
from pulih.config import reconcile
from pulih.config.room_checks import check_rooms
from pulih.people.scope import speaking_as_system
from tests.make import budget
from tests.people import cast

pytestmark = pytest.mark.django_db
PAGE = "administration:checks"


def test_every_room_that_proves_its_totals_stands_on_the_page(client):
    client.force_login(cast.auditor())
    assert "Belum ada bagian yang diperiksa" in client.get(reverse(PAGE)).content.decode()
    budget.line(ceiling=5)
    check_rooms(timestamp=0)
    (run,) = room_checks.runs()
    assert len(run.rooms) == len(reconcile.verified())
    assert (run.total, run.is_late) == (0, False)
    page = client.get(reverse(PAGE)).content.decode()
    assert "Semua cocok." in page
    assert "Fungsi basis data" in page


def test_what_differs_is_told_and_the_first_of_many_are_kept(client):
    told = {"verified": [{"id": "baris", "en": "lines", "number": 7}],
            "differences": [f"baris {at} <beda>" for at in range(25)]}  # fmt: skip
    with speaking_as_system() as system:
        room_checks.keep({"budget": told}, by=system)
    client.force_login(cast.administrator())
    page = client.get(reverse(PAGE)).content.decode()
    assert "25 hal tidak cocok." in page
    assert "baris 0 &lt;beda&gt;" in page
    assert "baris 20" not in page
    assert "mencetak semuanya" in page


def test_a_check_that_is_overdue_says_so(client, monkeypatch):
    with speaking_as_system() as system:
        room_checks.keep({}, by=system)
    monkeypatch.setattr(room_checks, "LATE", timedelta(seconds=-1))
    client.force_login(cast.auditor())
    assert "Pemeriksaan terakhir sudah lama" in client.get(reverse(PAGE)).content.decode()


def test_who_reads_the_record_may_ask_for_a_check_and_nobody_else(client):
    client.force_login(cast.auditor())
    for _time in range(2):
        assert client.post(reverse("administration:run-checks")).status_code == 303
    assert ProcrastinateJob.objects.filter(task_name=room_checks.TASK, status="todo").count() == 1
    with pytest.raises(PermissionDenied):
        room_checks.ask(by=cast.planner())
