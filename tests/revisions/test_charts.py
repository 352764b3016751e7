"""Accounts and unit costs as the reference lists have them: what is imported there counts."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.budget.models import LineDetail
from pulih.budget.reads import AccountNames
from pulih.references.models import Account, DailyAllowance
from pulih.revisions.actions import DraftLine
from pulih.revisions.assessing import assess
from tests.make import areas
from tests.make import budget as make_budget
from tests.make import revisions as make
from tests.people import cast

pytestmark = pytest.mark.django_db
JUNE = date(2020, 6, 15)
IMPORTED = {"source": "CLASS-01", "verified": True, "kind": "goods_operational"}


def account(code, name, first=date(2020, 1, 1), last=None):
    return Account.objects.create(
        code=code,
        name_indonesian=name,
        name_en=f"{name} (en)",
        valid_from=first,
        valid_to=last,
        **IMPORTED,
    )


def test_an_account_is_called_as_on_the_day():
    account("521999", "Nama lama", last=date(2020, 6, 1))
    account("521999", "Nama baru", first=date(2020, 6, 1))
    account("521998", "Sudah berakhir", last=date(2020, 2, 1))
    names = AccountNames(JUNE, "id")
    assert (names("521999"), names("521998"), names("000000")) == (
        "Nama baru",
        "Sudah berakhir",
        "",
    )
    assert AccountNames(date(2020, 5, 31), "en")("521999") == "Nama lama (en)"
    assert "521999" in names
    assert "521998" not in names


def test_an_imported_account_is_no_longer_unknown_to_a_revision():
    line, _other = make.two_lines()
    revision = make.draft(DraftLine(900, line.pk), DraftLine(100, key="3038.001.051.A.521999"))
    assert [one.kind for one in assess(revision).touched] == ["unknown_account"]
    account("521999", "Belanja Lain")
    assert assess(revision).touched == ()


def test_imported_allowances_judge_the_rows_of_their_days(client):
    jabar = areas.province()
    line = make_budget.line(key="3038.001.052.A.524111", ceiling=10_000_000)
    LineDetail.objects.create(
        line=line, province=jabar, position=1, text="Uang harian peserta", volume=10, unit="OH",
        unit_cost=440_000, rupiah=4_400_000,
    )  # fmt: skip
    client.force_login(cast.planner())
    address = reverse("budget:standards")
    assert "Uang harian peserta" in client.get(address, {"per": "2020-06-15"}).content.decode()
    old = DailyAllowance.objects.get(province=jabar)
    old.valid_to = JUNE
    old.save()
    DailyAllowance.objects.create(
        province=jabar, out_of_town=450_000, in_town_over_8h=1, training=1, valid_from=JUNE,
        source="CLASS-12", verified=False,
    )  # fmt: skip
    page = client.get(address, {"per": "2020-06-15"}).content.decode()
    assert "450.000" in page
    assert "Uang harian peserta" not in page
