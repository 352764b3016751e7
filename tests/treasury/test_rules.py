"""What comparisons promise whatever a list holds: no order, no double, every document once."""

import random
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.budget.rules.amounts import Amounts
from pulih.treasury.rules import documents, fitting, imprest, realisations, shapes
from pulih.treasury.rules.comparing import Period, compare, is_in_thousands, period_of
from pulih.treasury.rules.matching_lines import KeyedLine, Lines
from tests.examples import examples

UNIT = 7
TODAY = date(2020, 12, 31)
PERIOD = Period(date(2020, 1, 1), date(2020, 12, 31))
CEILING = 1_000
rupiah = st.integers(-200, 600)
days = st.dates(date(2020, 1, 1), date(2020, 6, 30))


def row(number="1", day=date(2020, 5, 1), amount=100, line=1, **changes):
    usual = {
        "unit_id": UNIT, "number": number, "number_key": number, "day": day,
        "rupiah": amount, "line_id": line, "line_text": f"line {line}",
        "states_line": True, "why_indonesian": "tidak ada",
        "why_en": "unknown", "method": "LS", "party": None, "party_key": None,
        "purpose": None, "contract": None, "contract_key": None,
        "order_number": None, "order_key": None, "deductions": None, "rounded_to": 1,
        "sheet": "A", "row": 2,
    }  # fmt: skip
    return usual | changes


def gathered(rows):
    frame = pl.DataFrame(rows, schema=documents.ROWS)
    return documents.documents(documents.of_payments(documents.counted_once(frame)))


def books(posted=(), free=CEILING, **named):
    frame = pl.DataFrame(list(posted), schema=shapes.POSTED, orient="row")
    balances = {line: fitting.Balance(f"line {line}", free, 0) for line in (1, 2)}
    orders = pl.DataFrame(named.get("orders", []), schema=shapes.ORDERS, orient="row")
    return shapes.Books(
        2020, TODAY, frame, named.get("balances", balances), {}, orders, named.get("since")
    )


def found(rows, ledger=None):
    one = compare(gathered(rows), ledger or books(), PERIOD)
    return sorted(one.findings.drop("sheet", "row").iter_rows(), key=str), one


def as_posted(rows):
    """Return the documents of rows as the ledger would hold them."""
    return [
        (
            UNIT,
            one["document_kind"],
            one["number"],
            one["number_key"],
            at,
            one["day"],
            one["total"],
            one["signature"],
            one["party"],
            one["party_key"],
            one["method"],
            one["contract"],
            one["contract_key"],
            one["order_number"],
            one["order_key"],
        )
        for at, one in enumerate(gathered(rows).iter_rows(named=True), start=1)
        if one["signature"] is not None
    ]


ROWS = st.lists(
    st.builds(
        row,
        number=st.sampled_from("12345"),
        day=days,
        amount=rupiah,
        line=st.sampled_from([1, 2, None]),
        row=st.integers(2, 99),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=examples(150), deadline=None)
@given(rows=ROWS, seed=st.integers())
def test_the_order_of_rows_does_not_matter(rows, seed):
    moved = [*rows]
    random.Random(seed).shuffle(moved)
    assert found(rows)[0] == found(moved)[0]


@settings(max_examples=examples(100), deadline=None)
@given(rows=ROWS)
def test_a_list_that_stands_twice_in_itself_says_no_more(rows):
    again = [{**one, "sheet": "B", "row": one["row"] + 100} for one in rows]
    assert found(rows)[0] == found([*rows, *again])[0]


@given(st.permutations([row(amount=-1), row(amount=1), *(row(str(n)) for n in range(2, 8))]))
def test_a_return_comes_after_the_payment_of_its_number_and_day(rows):
    back = next(one for one in found(rows)[1].findings.iter_rows(named=True) if one["theirs"] == -1)
    assert back["can_post"]


@settings(max_examples=examples(100), deadline=None)
@given(rows=ROWS)
def test_what_the_ledger_holds_alike_is_no_difference(rows):
    known = [one for one in rows if one["line_id"] is not None]
    _told, compared = found(known or [row()], books(as_posted(known or [row()])))
    assert compared.findings.is_empty()
    assert compared.agreeing == compared.known


@settings(max_examples=examples(100), deadline=None)
@given(rows=ROWS, other=ROWS)
def test_every_document_is_agreeing_differing_or_nothing(rows, other):
    known = [one for one in other if one["line_id"] is not None]
    posted = as_posted(known) if known else []
    documents_of = gathered(rows)
    _told, compared = found(rows, books(posted))
    keys = compared.findings.select("document_kind", "number")
    assert keys.is_unique().all()
    of_list = compared.findings.filter(pl.col("kind") != shapes.MISSING_THERE).height
    zero = documents_of.join(
        books(posted).posted, on=list(documents.KEY), how="anti"
    )["lines"].is_null().sum()  # fmt: skip
    assert of_list + compared.agreeing + zero == compared.documents == documents_of.height


@settings(max_examples=examples(150), deadline=None)
@given(rows=ROWS)
def test_what_may_be_posted_never_overspends(rows):
    _told, compared = found(rows)
    lawful = compared.findings.filter("can_post").sort("their_day", "number")
    free, paid = {1: CEILING, 2: CEILING}, {1: 0, 2: 0}
    by_key = {(one["document_kind"], one["number"]): one["lines"]
              for one in gathered(rows).iter_rows(named=True)}  # fmt: skip
    for kind, number in lawful.select("document_kind", "number").iter_rows():
        for one in by_key[kind, number]:
            free[one["line_id"]] -= one["rupiah"]
            paid[one["line_id"]] += one["rupiah"]
            assert free[one["line_id"]] >= 0
            assert paid[one["line_id"]] >= 0
    for why_indonesian, why_en in compared.findings.filter(~pl.col("can_post")).select(
        "why_indonesian", "why_en"
    ).iter_rows():  # fmt: skip
        assert why_indonesian
        assert why_en


def test_each_obstacle_is_named():
    rows = [
        row("1", line=None), row("2", day=None), row("3", rounded_to=1000),
        row("4", day=date(2019, 5, 1)), row("5", day=date(2020, 12, 31)),
        row("6", contract="K 9", contract_key="K9"),
    ]  # fmt: skip
    ledger = shapes.Books(2020, date(2020, 6, 30), books().posted, books().balances, {})
    told = compare(gathered(rows), ledger, PERIOD).findings
    why = dict(told.select("number", "why_en").iter_rows())
    assert why["1"] == "unknown"
    for number, words in (("2", "no date"), ("3", "rounded"), ("4", "2020"), ("5", "after today"),
                          ("6", "contract K 9")):  # fmt: skip
        assert words in why[number], why
    assert not told["can_post"].any()


def test_a_return_is_never_netted_into_its_payment():
    rows = [row(amount=100), row(amount=-30, day=date(2020, 6, 2)), row(amount=0, line=2)]
    told = gathered(rows).sort("document_kind").select("document_kind", "number", "total").rows()
    assert told == [("return", "1", -30), ("sp2d", "1", 100)]
    netted = found(rows, books(as_posted([row(amount=70)])))[1].findings
    assert netted.sort("document_kind")["kind"].to_list() == ["missing_here", "amount"]


@settings(max_examples=examples(100), deadline=None)
@given(rows=ROWS)
def test_payments_and_returns_add_up_to_what_the_rows_say(rows):
    once = documents.counted_once(pl.DataFrame(rows, schema=documents.ROWS))
    for kind, number, total in gathered(rows).select("document_kind", "number", "total").rows():
        of_number = once.filter(pl.col("number") == number)["rupiah"]
        wanted = [one for one in of_number if (one < 0) == (kind == "return") or one == 0]
        assert total == sum(wanted)


def test_payee_method_and_contract_are_compared_where_both_say_something():
    plain = row(party="CV Sagu", party_key="CVSAGU", contract="K 1", contract_key="K1")
    ledger = books(as_posted([plain]))
    blank = {"party": None, "party_key": None, "method": None, "contract": None,
             "contract_key": None}  # fmt: skip
    assert found([plain | blank], ledger)[1].agreeing == 1
    for changes, kind, words in (
        ({"party": "CV Aren", "party_key": "CVAREN"}, shapes.PARTY, "CV Aren, the ledger CV Sagu"),
        ({"method": "UP"}, shapes.METHOD, "UP, the ledger by LS"),
        ({"contract": "K 2", "contract_key": "K2"}, shapes.CONTRACT, "pays the contract K 1"),
    ):
        (one,) = found([plain | changes], ledger)[1].findings.iter_rows(named=True)
        assert (one["kind"], one["can_post"]) == (kind, False)
        assert words in one["why_en"]


def test_a_line_of_another_fund_or_authority_is_not_meant():
    parts = ("3038", "001", "", "051", "A", "521211")
    lines = Lines([KeyedLine(1, UNIT, "3038.001.051.A.521211", parts, ("DK", "PNBP", "x"))])
    stated = {"account": "521211"}
    assert lines.find(UNIT, stated | {"fund_source": "PNP", "programme": "y"}).line_id == 1
    for changes in ({"fund_source": "RM"}, {"authority": "TP"}):
        refused = lines.find(UNIT, stated | changes)
        assert refused.lines == ()
        assert "DK / PNBP" in refused.why.id


def test_a_total_over_its_own_lines_counts_once():
    rows = [row(amount=30, line=None, states_line=False), row(amount=10), row(amount=20, line=2)]
    (one,) = gathered(rows).iter_rows(named=True)
    assert (one["total"], one["signature"]) == (30, "1:10;2:20")


def test_stated_money_covers_documents_up_to_its_day_and_no_more():
    balances = {1: fitting.Balance("line 1", 50, 100, stated=100, until=date(2020, 3, 31))}
    moves = [
        fitting.Move(date(2020, 3, 1), "1", ((1, 80),)),
        fitting.Move(date(2020, 3, 2), "2", ((1, 40),)),
        fitting.Move(date(2020, 4, 1), "3", ((1, 31),)),
    ]
    verdicts = fitting.in_turn(moves, balances)
    assert [one.covered for one in verdicts[:2]] == [((1, 80),), ((1, 20),)]
    assert (verdicts[2].answer, verdicts[2].short) == (fitting.OVERSPENDS, 1)


def test_a_list_covers_whole_months_up_to_the_day_asked():
    months = pl.Series([date(2020, 3, 12), date(2020, 5, 4)])
    assert period_of(months, date(2020, 5, 20)) == Period(date(2020, 3, 1), date(2020, 5, 20))
    assert period_of(months, date(2020, 9, 1)).last == date(2020, 5, 31)
    assert period_of(months, date(2020, 1, 1)).last == date(2020, 5, 4)
    assert period_of(pl.Series([], dtype=pl.Date), date(2020, 1, 1)) is None


def test_thousands_are_noticed_by_the_documents_that_both_know():
    small, large = [row(str(at), amount=at) for at in range(1, 6)], []
    for one in small:
        large.append({**one, "rupiah": one["rupiah"] * 1_000})
    assert is_in_thousands(gathered(small), books(as_posted(large)).posted)
    assert not is_in_thousands(gathered(large), books(as_posted(large)).posted)


def test_a_line_is_found_by_what_is_stated_of_its_key():
    parts = ("3038", "001", "", "051", "A", "521211")
    others = (
        ("3038", "001", "", "052", "A", "521211"),
        ("3038", "001", "002", "051", "A", "521211"),
    )
    lines = Lines(
        KeyedLine(at, UNIT, ".".join(filter(None, one)), one, ("DK", "RM", ""))
        for at, one in enumerate((parts, *others), start=1)
    )
    whole = dict(zip(("activity", "output", "component", "subcomponent", "account"),
                     ("3038", "001", "051", "A", "521211"), strict=True))  # fmt: skip
    assert lines.find(UNIT, whole).line_id == 1
    assert lines.find(UNIT, {"account": "521211", "component": "052"}).line_id == 2
    assert len(lines.find(UNIT, {"account": "521211"}).lines) == 3
    assert "cocok dengan 3 baris" in lines.find(UNIT, {"account": "521211"}).why.id
    assert lines.find(UNIT, {"account": "524111"}).lines == ()
    assert lines.find(UNIT, {}).why is not None


def test_realisation_is_compared_with_all_lines_that_a_row_fits():
    ours = {1: Amounts(100, 0, 30, 30), 2: Amounts(50, 0, 5, 5), 3: Amounts(9)}
    keys = {line: (UNIT, f"key {line}") for line in ours}
    rows = [
        realisations.RealisationRow(UNIT, (1, 2), "521211", None, 150, None, None, 35),
        realisations.RealisationRow(UNIT, (3,), "key 3", None, 8, None, None, 0),
    ]
    compared = realisations.compare(rows, ours, keys)
    assert (compared.compared, compared.agreeing) == (2, 1)
    (one,) = compared.findings
    assert (one["theirs"], one["ours"], one["amount_kind"]) == (8, 9, "ceiling")
    rounded = rows[1]._replace(ceiling=0, rounded_to=1_000)
    assert not realisations.compare([rows[0], rounded], ours, keys).findings
    assert realisations.scale_of([rows[0]], {1: Amounts(150_000), 2: Amounts()}) == 1_000


amounts = st.integers(0, 10**9)
MOVEMENTS = st.lists(
    st.builds(
        imprest.Movement,
        kind=st.sampled_from(["UP", "TUP"]),
        day=days,
        given=amounts,
        used=amounts,
        refilled=amounts,
        accounted=amounts,
        returned=amounts,
    ),
    max_size=12,
)


@given(movements=MOVEMENTS, seed=st.integers())
def test_positions_add_up_to_all_that_moved_whatever_their_order(movements, seed):
    moved = [*movements]
    random.Random(seed).shuffle(moved)
    until = date(2020, 7, 31)
    assert imprest.positions(movements, until) == imprest.positions(moved, until)
    for kind in ("UP", "TUP"):
        last = [one for one in imprest.positions(movements, until) if one.kind == kind][-1:]
        held = sum(one.given - one.accounted - one.returned
                   for one in movements if one.kind == kind)  # fmt: skip
        assert [one.held for one in last] == ([held] if last else [])


def test_a_tup_is_overdue_after_its_month_and_half_used_up_may_be_refilled():
    given_on = imprest.Movement("TUP", date(2020, 1, 31), given=150)
    assert not imprest.warnings([given_on], date(2020, 2, 29))
    (late,) = imprest.warnings([given_on], date(2020, 3, 1))
    assert "lewat 1 hari" in late.id
    done = imprest.Movement("TUP", date(2020, 2, 20), accounted=100, returned=50)
    assert not imprest.warnings([given_on, done], date(2020, 6, 1))
    up = imprest.Movement("UP", date(2020, 1, 5), given=100)
    used = imprest.Movement("UP", date(2020, 2, 5), used=50)
    assert "50%" in imprest.warnings([up, used], date(2020, 2, 6))[0].en
    assert not imprest.warnings([up, imprest.Movement("UP", date(2020, 2, 5), used=49)], TODAY)
    over = imprest.Movement("UP", date(2020, 2, 5), returned=101)
    assert "melebihi yang diberikan" in imprest.warnings([up, over], TODAY)[0].id


def test_every_way_of_paying_moves_the_imprest_as_it_should():
    day = date(2020, 5, 1)
    assert imprest.of_payment("UP", day, 5) == imprest.Movement("UP", day, given=5)
    assert imprest.of_payment("TUP", day, 5) == imprest.Movement("TUP", day, given=5)
    assert imprest.of_payment("GUP", day, 5) == imprest.Movement("UP", day, used=5, refilled=5)
    assert imprest.of_payment("PTUP", day, 5) == imprest.Movement("TUP", day, used=5, accounted=5)
    assert imprest.of_payment("NIHIL", day, 5) == imprest.Movement("UP", day, used=5, accounted=5)
    assert imprest.of_payment("LS", day, 5) is None
    assert imprest.next_month(date(2020, 12, 31)) == date(2021, 1, 31)
    assert imprest.next_month(date(2019, 1, 30)) == date(2019, 2, 28)


ORDERED = ("S1", 100, "1:100", None)
SINCE = date(2020, 4, 1)


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"order_number": "S 1", "order_key": "S1"}, shapes.MISSING_HERE, ""),
        ({"order_number": "S 2", "order_key": "S2"}, shapes.ORDER, "the SPM S 2, which the ledger"),
        ({"order_number": "S 1", "order_key": "S1", "amount": 99}, shapes.ORDER, "another than"),
        ({"order_number": "S 1", "order_key": "S1", "line": 2}, shapes.ORDER, "charges other"),
    ],
)
def test_a_payment_is_held_against_the_order_that_it_names(changes, kind, said):
    ledger = books(orders=[ORDERED], since=SINCE)
    one = compare(gathered([row(**changes)]), ledger, PERIOD).findings.row(0, named=True)
    assert one["kind"] == kind
    assert said in one["why_en"]
    assert one["can_post"] is (kind == shapes.MISSING_HERE)


def test_orders_of_the_time_before_an_office_kept_them_are_not_asked_for():
    named = row(order_number="S 2", order_key="S2", day=date(2020, 3, 1))
    one = compare(gathered([named]), books(orders=[ORDERED], since=SINCE), PERIOD)
    assert one.findings["kind"].to_list() == [shapes.MISSING_HERE]
    assert one.findings["can_post"].to_list() == [True]


def test_a_posted_payment_of_another_order_is_a_difference():
    ours = row(order_number="S 1", order_key="S1")
    ledger = books(as_posted([ours]), orders=[ORDERED], since=SINCE)
    theirs = ours | {"order_number": "S 9", "order_key": "S9"}
    assert compare(gathered([ours]), ledger, PERIOD).findings.is_empty()
    found_ = compare(gathered([theirs]), ledger, PERIOD).findings.row(0, named=True)
    assert found_["kind"] == shapes.ORDER
    assert "names the SPM S 9; in the ledger this document pays the SPM S 1" in found_["why_en"]
