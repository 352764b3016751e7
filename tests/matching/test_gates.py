"""Gates against a slow literal reading of the contract."""

from collections import Counter
from fractions import Fraction

from hypothesis import given, settings

from pulih.matching.gates import counts
from pulih.matching.grid import Grid
from tests.examples import examples
from tests.make import matching as make
from tests.matching.small_cases import small_cases


def literal_gate(case, need, capacity):
    firm = case.firm[capacity.firm]
    if any((each.need, each.supplier) == (need.code, firm.code) for each in case.barred):
        return "barred"
    held = {
        each.certificate
        for each in case.certificates
        if each.firm == firm.code and (each.valid_to is None or each.valid_to >= need.due)
    }
    accepted = {a.certificate for a in case.accepts if a.standard == need.standard}
    if need.standard and not held & (accepted | {need.standard}):
        return "certificate"
    kind = case.class_between(firm.regency, need.area)
    tariff = case.transport_of[kind]
    start = max(case.settings.as_of, firm.free_from or case.settings.as_of).toordinal()
    latest = need.due.toordinal() - tariff.days
    weeks = min(
        max(Fraction(0), Fraction(day - start, 7) - placed_by(case, firm, day))
        for day in range(latest, latest + 80)
    )
    if weeks <= 0:
        return "late"
    lots = int(weeks * capacity.per_week / capacity.lot)
    least = 1
    while least * capacity.lot < max(need.min_order, capacity.min_order):
        least += 1
    if lots < least:
        return "small"
    if least * capacity.lot > need.quantity:
        return "large"
    units = min(lots, need.quantity // capacity.lot) * capacity.lot
    grams = units * case.product[need.product].gram
    carried = -(-grams * tariff.per_kg // 1000)
    bill = capacity.price * units + tariff.per_consignment + carried
    if need.max_price is not None and bill > need.max_price * units:
        return "dear"
    return "able"


def placed_by(case, firm, day):
    return sum(
        Fraction(each.quantity, case.capacity[each.firm, each.product].per_week)
        for each in case.placed
        if each.firm == firm.code and each.due.toordinal() <= day
    )


@settings(max_examples=examples(60), deadline=None)
@given(small_cases())
def test_every_maker_falls_at_the_gate_that_the_contract_says(case):
    wanted = Counter(
        (need.code, literal_gate(case, need, each))
        for need in case.needs
        for each in case.capacities
        if each.product == need.product
    )
    assert {(need, gate): makers for need, gate, makers in counts(Grid(case))} == wanted


def test_the_makers_without_a_medical_certificate_stand_at_that_gate():
    firms = [(f"F{number:02}", "P1", 50, None) for number in range(40)]
    case = make.plain_case(
        needs=[("N1", "P1", "M", 9000, "2020-05-20", "MEDIS", None, None, None, 1)],
        firms=firms,
        capacities=[(firm[0], "M", 100, 9, 1, 0) for firm in firms],
        certificates=[(firm[0], "MEDIS", None) for firm in firms[31:]],
    )
    assert list(counts(Grid(case))) == [("N1", "certificate", 31), ("N1", "able", 9)]
