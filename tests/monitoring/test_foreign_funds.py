"""The number of a foreign loan or grant is typed once and stands in Forms A, B and C."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from pulih.common.errors import Refusal
from pulih.monitoring import actions
from pulih.monitoring.models import ForeignFund
from pulih.monitoring.reads import facts_of
from pulih.monitoring.rules import reports
from pulih.monitoring.rules.facts import Fund, as_json, fingerprint, from_json
from pulih.monitoring.rules.form_c import consolidation
from pulih.monitoring.rules.missing import missing
from tests.make import budget
from tests.make import monitoring as make
from tests.once import made_once
from tests.people import cast

LOAN, GRANT = Fund("", "9201", "PLN", "IBRD 9999-ID"), Fund("", "9202", "HLN", "Hibah 77")
LINES = (
    make.line("001.001", fund_source="PLN"),
    make.line("001.002"),
    make.line("002.001", activity="9202", fund_source="HLN"),
)


def facts(**values):
    return make.facts(**{"lines": LINES, "outputs": (), "funds": (LOAN, GRANT)} | values)


def numbers(table):
    return [(row.cells[0], row.cells[1]) for row in table.rows]


def test_form_a_says_the_number_where_the_money_is_foreign():
    first, second = (page.parts[0] for page in reports.make("A", facts()).pages)
    assert numbers(first) == [("001.001", "IBRD 9999-ID"), ("001.002", ""), ("Jumlah", "")]
    assert numbers(second) == [("002.001", "Hibah 77"), ("Jumlah", "")]


def test_forms_b_and_c_join_the_numbers_of_what_they_add_up():
    (b,) = reports.make("B", facts()).pages
    assert [cell for _name, cell in numbers(b.parts[0])] == ["IBRD 9999-ID", "Hibah 77", ""]
    (c,) = reports.make("C", facts()).pages
    assert [cell for _name, cell in numbers(c.parts[0])] == ["Hibah 77; IBRD 9999-ID", ""]
    other = facts(unit_code="029998", funds=(replace(LOAN, number="ADB 1"), GRANT))
    programmes, offices, *_rest = consolidation("Jawa Barat", [facts(), other]).pages[0].parts
    assert numbers(programmes)[0][1] == "ADB 1; Hibah 77; IBRD 9999-ID"
    assert [cell for _name, cell in numbers(offices)] == [
        "Hibah 77; IBRD 9999-ID", "ADB 1; Hibah 77", "",
    ]  # fmt: skip


def test_a_loan_whose_money_was_taken_away_is_not_named_any_more():
    gone = replace(LINES[0], ceiling=0, committed=0, realised=0)
    first, *_rest = reports.make("A", facts(lines=(gone, *LINES[1:]))).pages
    assert [cell for _name, cell in numbers(first.parts[0])] == ["", "", ""]


@pytest.mark.parametrize(
    ("form", "is_asked"), [("A", True), ("B", True), ("C", True), ("managerial", False)]
)
def test_a_form_with_the_column_is_not_filed_without_the_number(form, is_asked):
    told = [one.message.en for one in missing(facts(funds=(LOAN,)), form)]
    words = "the number of the foreign loan or grant is not typed (9202 HLN)"
    assert (words in told) == is_asked
    assert not any("loan" in text for text in (m.message.en for m in missing(facts(), form)))


def test_what_was_filed_before_there_were_numbers_keeps_its_fingerprint():
    stored = as_json(make.facts())
    assert "funds" not in stored
    assert from_json(stored) == make.facts()
    assert from_json(as_json(facts())) == facts()
    assert fingerprint(as_json(facts())) != fingerprint(as_json(facts(funds=(LOAN,))))


@made_once
def unit(db):
    of = budget.unit()
    budget.line(of, ceiling=1_000_000)
    budget.line(of, "3038.001.051.A.522151", ceiling=5_000_000, fund_source="PLN")
    return of


def save(unit, by=None, **values):
    usual = {"programme": "", "activity": "3038", "fund_source": "PLN", "number": "IBRD 9999-ID"}
    by = by or cast.provincial_officer()
    return actions.save_foreign_fund(unit, 2020, **usual | values, by=by)


def test_a_number_is_kept_once_changed_in_place_and_taken_away_by_a_blank(unit):
    save(unit)
    save(unit, number=" IBRD 8888-ID ")
    assert ForeignFund.objects.get().number == "IBRD 8888-ID"
    assert facts_of(unit, 2020, 1).funds == (Fund("", "3038", "PLN", "IBRD 8888-ID"),)
    save(unit, number="")
    assert not ForeignFund.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"fund_source": "RM"}, {"fund_source": "HLN"}, {"activity": "1"}]
)
def test_a_number_for_money_that_is_not_there_is_refused(unit, wrong):
    with pytest.raises(Refusal):
        save(unit, **wrong)
    assert not ForeignFund.objects.exists()


def test_only_who_files_types_numbers(unit):
    for stranger in (cast.auditor(), cast.provincial_officer("Bali")):
        with pytest.raises(PermissionDenied):
            save(unit, by=stranger)


def visitor(person=None) -> Client:
    client = Client()
    client.force_login(person or cast.provincial_officer())
    return client


def test_the_page_asks_for_the_number_of_each_foreign_source_and_form_a_shows_it(unit):
    officer, address = visitor(), reverse("monitoring:office", args=[unit.pk, 2020])
    shown = officer.get(address).content.decode()
    assert 'name="number"' in shown
    assert "5.000 ribu" in shown
    typed = {"programme": "", "activity": "3038", "fund_source": "PLN", "number": "IBRD 9999-ID"}
    save_to = reverse("monitoring:save-foreign-fund", args=[unit.pk, 2020])
    assert officer.post(save_to, typed).status_code == 303
    form_a = reverse("monitoring:report", args=[unit.pk, 2020, 1, "A"])
    assert "IBRD 9999-ID" in officer.get(form_a).content.decode()
    wrong = officer.post(save_to, typed | {"number": "9" * 61})
    assert wrong.status_code == 200
    assert "9" * 61 in wrong.content.decode()
    auditor = visitor(cast.auditor())
    assert "IBRD 9999-ID" in auditor.get(address).content.decode()
    assert save_to not in auditor.get(address).content.decode()
    assert auditor.post(save_to, typed).status_code == 403


@pytest.mark.django_db
def test_a_unit_without_foreign_money_is_asked_nothing():
    of = budget.line(ceiling=1_000).unit
    shown = visitor().get(reverse("monitoring:office", args=[of.pk, 2020])).content.decode()
    assert 'name="number"' not in shown
