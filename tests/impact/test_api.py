"""Impact for programs: counts and reports within one's reach, no name among them."""

import pytest

from tests.make import areas
from tests.make import impact as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def get(client, path, by):
    client.force_login(by)
    return client.get(f"/api/v1/impact/{path}")


def test_counts_and_reports_stay_within_reach(client):
    make.report(needs="training")
    make.report(make.enterprise("Rahasia", "Kab. Badung", "Bali"), needs="training")
    summary = get(client, "summary", cast.planner()).json()
    assert summary["total"]["firms"] == 2
    officer = cast.provincial_officer("Bali")
    assert get(client, "summary", officer).json()["total"]["firms"] == 1
    assert get(client, f"summary?area={areas.province().pk}", officer).status_code == 404
    reports = get(client, "reports?need=training", officer)
    assert len(reports.json()) == 1
    assert "Rahasia" not in reports.content.decode()
    assert get(client, "reports", cast.administrator()).status_code == 403
