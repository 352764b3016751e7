"""Lists are brought up to date by import: whole or not at all, and only by who may."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from pulih.audit.models import Run
from pulih.classifications import accounts, allowances, holidays, kbli, outputs
from pulih.common.errors import Refusal
from pulih.references import actions
from pulih.references.kinds import KINDS
from pulih.references.models import (
    Account,
    DailyAllowance,
    EconomicActivity,
    Holiday,
    OutputCode,
)
from pulih.references.rules import read_list
from tests.people import cast

pytestmark = pytest.mark.django_db
HEAD = "code,name_indonesian,name_en,kind,is_covid,is_physical,valid_from,valid_to,source,verified"
NEW = "521219,Belanja Baru,New goods,goods_activity,tidak,tidak,2022-01-01,,KEP-2,ya"


def take(*lines, kind="accounts", by=None):
    content = "\n".join(lines).encode()
    rows, faults = read_list(KINDS[kind].shape, content)
    assert faults == []
    return actions.take_in(KINDS[kind], rows, content=content, by=by or cast.administrator())


def test_the_tables_start_with_the_lists_of_the_program():
    assert Account.objects.count() == len(accounts.LIST.entries)
    assert EconomicActivity.objects.count() == len(kbli.LIST.entries) + 24
    assert OutputCode.objects.count() == len(outputs.LIST.entries)
    assert DailyAllowance.objects.count() == len(allowances.allowances()) == 34
    assert Holiday.objects.count() == len(holidays.holidays())


def test_a_later_row_ends_the_one_before_it():
    assert take(HEAD, NEW) == actions.Taken(added=1, changed=0, unchanged=0)
    earlier, later = Account.objects.filter(code="521219").order_by("valid_from")
    assert earlier.valid_to == later.valid_from == date(2022, 1, 1)
    assert later.valid_to is None
    assert Account.objects.valid_on(date(2021, 12, 31)).get(code="521219") == earlier


def test_the_same_file_again_changes_nothing():
    take(HEAD, NEW)
    assert take(HEAD, NEW) == actions.Taken(added=0, changed=0, unchanged=1)


def test_a_changed_row_keeps_its_earlier_state():
    take(HEAD, NEW)
    assert take(HEAD, NEW.replace("Belanja Baru", "Belanja Lain")).changed == 1
    account = Account.objects.get(code="521219", valid_from=date(2022, 1, 1))
    assert account.name_indonesian == "Belanja Lain"
    assert account.events.get(pgh_label="changed").name_indonesian == "Belanja Baru"


def test_a_row_that_would_hold_twice_is_refused_and_nothing_is_stored():
    take(HEAD, NEW.replace("2022-01-01,", "2022-01-01,2024-01-01"))
    with pytest.raises(Refusal, match="2023-01-01"):
        take(HEAD, NEW.replace("2022-01-01", "2023-01-01"))
    assert Account.objects.filter(code="521219").count() == 2


def test_allowances_are_stored_under_their_province():
    head = "province,out_of_town,in_town_over_8h,training,valid_from,valid_to,source,verified"
    take(head, "Jabar,440000,180000,130000,2021-01-01,,PMK 119/2020,ya", kind="allowances")
    stored = DailyAllowance.objects.valid_on(date(2021, 3, 1)).get(province__name="Jawa Barat")
    assert stored.out_of_town == 440_000


def test_an_import_is_recorded_with_the_hash_of_its_file():
    take(HEAD, NEW)
    run = Run.objects.get(kind="references.accounts")
    assert run.counts == {"added": 1, "changed": 0, "unchanged": 0}
    assert len(run.input_sha256) == 64


@pytest.mark.parametrize("by", [cast.provincial_officer, cast.regency_officer, cast.auditor])
def test_who_does_not_manage_references_may_not_import(by):
    with pytest.raises(PermissionDenied):
        take(HEAD, NEW, by=by())
