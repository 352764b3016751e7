"""The head of the planning agency (Bappeda) is named once for all units of a province."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from pulih.monitoring import actions
from pulih.monitoring.board import board
from pulih.monitoring.documents.signing import signature
from pulih.monitoring.models import Signatory
from pulih.monitoring.rules.form_c import consolidation
from tests.make import areas, budget
from tests.make import monitoring as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
HEAD = {
    "role": "bappeda", "name": "Laksmi Pranowo", "nip": "196801011993032002",
    "post": "Kepala Bappeda Provinsi Jawa Barat", "place": "Bandung",
}  # fmt: skip


@made_once
def units():
    return make.ready(), make.ready(budget.unit(code="029998"))


def named(unit, day=date(2020, 1, 1), **changes):
    by = cast.provincial_officer()
    return actions.name_signatory(unit, **HEAD | changes, valid_from=day, by=by)


def consolidated(units, now=make.IN_TIME, **reason):
    by = cast.provincial_officer()
    for unit in units:
        actions.file(unit, 2020, 1, "C", by=by, now=now)
    return actions.file_consolidation(units[0].province, 2020, 1, by=by, now=now, **reason)


def test_the_head_belongs_to_the_province_and_whoever_came_before_ends(units):
    first = named(units[0])
    second = named(units[1], date(2020, 3, 2), name="Surya Atmaja")
    first.refresh_from_db()
    assert (first.unit, first.province) == (None, units[0].province)
    assert (first.valid_to, second.valid_to) == (date(2020, 3, 2), None)


def test_only_the_head_is_of_no_unit(units):
    for wrong in ({"role": "bappeda", "unit": units[0]}, {"role": "kpa", "unit": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signatory.objects.create(
                **HEAD | wrong, province=units[0].province, valid_from=date(2020, 1, 1)
            )


def test_the_consolidation_is_signed_by_the_head_of_its_day(units):
    named(units[0])
    named(units[0], date(2020, 8, 1), name="Surya Atmaja")
    filing = consolidated(units)
    (page,) = consolidation(filing.province.name, filing.every).pages
    block = signature(page, filing.every, date(2020, 4, 7))
    assert block.place_and_day == "Bandung, 7 April 2020"
    assert (block.name, block.nip) == ("Laksmi Pranowo", "196801011993032002")
    assert block.post == "Kepala Bappeda Provinsi Jawa Barat"
    assert actions.still_reproduces(filing) == []


def test_without_a_name_the_paper_leaves_dots_for_a_pen(units):
    filing = consolidated(units)
    (page,) = consolidation(filing.province.name, filing.every).pages
    block = signature(page, filing.every, None)
    assert block.post == "Kepala Bappeda Provinsi Jawa Barat"
    assert block.written_name.startswith("(....")


def test_a_head_named_later_makes_a_correction_and_no_silent_change(units):
    first = consolidated(units)
    named(units[0])
    second = consolidated(units, reason="Kepala Bappeda dinamai")
    assert (first.version, second.version) == (1, 2)


def test_the_board_names_the_head_for_the_consolidation_alone(units):
    named(units[0])
    duties = board(cast.provincial_officer(), 2020, 1, make.IN_TIME)
    who = {(duty.unit and duty.unit.code, duty.chain.form): duty.who for duty in duties}
    assert who[None, "consolidation"] == "Laksmi Pranowo, Kepala Bappeda Provinsi Jawa Barat"
    assert who["029999", "C"].startswith("Ratna Wulandari")


def visitor(person=None) -> Client:
    client = Client()
    client.force_login(person or cast.provincial_officer())
    return client


def address(name, unit):
    return reverse(f"monitoring:{name}", args=[unit.pk, 2020])


def test_the_officer_types_the_head_on_any_units_page_and_reads_it_on_the_others(units):
    officer, (one, other) = visitor(), units
    typed = {**HEAD, "valid_from": "2020-01-01"}
    assert officer.post(address("save-signatory", one), typed).status_code == 303
    assert "Laksmi Pranowo" in officer.get(address("office", other)).content.decode()
    province = reverse("monitoring:consolidation", args=[one.province_id, 2020, 1])
    assert "Laksmi Pranowo" in officer.get(province).content.decode()
    bali = budget.unit("Bali", "229999")
    budget.line(bali, ceiling=1_000)
    shown = visitor(cast.provincial_officer("Bali")).get(address("office", bali)).content.decode()
    assert "Laksmi Pranowo" not in shown


def test_a_form_that_goes_to_the_planning_agency_names_its_head(units):
    named(units[0])
    by = cast.provincial_officer()
    filing = actions.file(units[0], 2020, 1, "C", by=by, now=make.IN_TIME)
    shown = visitor().get(reverse("monitoring:filing", args=[filing.pk])).content.decode()
    assert shown.count("Laksmi Pranowo") == 1


def test_who_nobody_consolidates_is_not_asked_for_a_head():
    office = budget.unit(areas.country(), "019000", authority="KP")
    budget.line(office, ceiling=1_000)
    planner = visitor(cast.planner())
    assert 'value="bappeda"' not in planner.get(address("office", office)).content.decode()
    typed = {**HEAD, "valid_from": "2020-01-01"}
    assert planner.post(address("save-signatory", office), typed).status_code == 200
    assert not Signatory.objects.exists()


def test_a_consolidation_without_a_head_says_where_to_name_one(units):
    province = reverse("monitoring:consolidation", args=[units[0].province_id, 2020, 1])
    shown = visitor().get(province).content.decode()
    of_the_first = address("office", units[1])  # By its code.
    assert of_the_first in shown
    assert of_the_first not in visitor(cast.auditor()).get(province).content.decode()


def test_the_page_offers_to_name_whoever_is_not_named_yet_and_nobody_twice():
    unit, officer = budget.unit(), visitor()
    budget.line(unit, ceiling=1_000)

    def offered():
        form = officer.get(address("office", unit)).context["signatory"]
        return form.initial.get("role"), form.initial.get("name", ""), form.initial["place"]

    appointed = str(budget.appointment(unit, post="kpa").person)
    assert offered() == ("kpa", appointed, "Jawa Barat")
    make.signatories(unit)
    assert offered() == ("bappeda", "", "Bandung")
    shown = officer.get(address("office", unit)).content.decode()
    assert 'value="Kepala Bappeda Provinsi Jawa Barat"' in shown
    named(unit)
    assert offered() == (None, "", "Bandung")
