"""Cases whose answer is public or can be said by heart."""

from pulih.matching import breaches, explanation, solve
from pulih.matching.gates import counts
from pulih.matching.grid import Grid
from pulih.matching.worth import delivered
from tests.make import matching as make

PLAIN_TRANSPORT = [(kind, 0, 0, 0) for kind in ("regency", "province", "island", "country")]


def jakarta():
    """Return 1,526 makers of 173,674 masks a day, 1,042,044 in a week of six days."""
    firms = [(f"F{number:04}", "P1", 40, None) for number in range(1526)]
    usual, more = divmod(1_042_044, 1526)
    return make.plain_case(
        {"as_of": "2020-04-21", "fill": [[1, 1]]},
        needs=[("N1", "P1", "M", 3_000_000, "2020-05-05", None, None, None, None, 1)],
        firms=firms,
        capacities=[
            (firm[0], "M", usual + (place < more), 3000, 1, 0) for place, firm in enumerate(firms)
        ],
        transport=PLAIN_TRANSPORT,
    )


def test_jakarta_is_short_by_915_912_masks_and_hears_which_day_would_do():
    solved = solve(jakarta())
    assert solved.status == "optimal"
    [short] = solved.unmet
    assert short.missing == 3_000_000 - 2 * 1_042_044 == 915_912
    assert short.holds == "weeks"
    assert short.day == "2020-05-12"
    assert "915.912" in short.message.id
    assert "Dengan tenggat 12 Mei 2020" in short.message.id
    assert "Due on 12 May 2020" in short.message.en
    told = explanation(solved)
    assert "oleh 1.526 usaha" in told["message_id"]
    assert "by 1,526 firms" in told["message_en"]
    assert "915,912" in short.message.en


def hospital(*, members):
    firms = [(f"T{number:02}", "P1", 60, None) for number in range(11)]
    return make.plain_case(
        needs=[("N1", "P1", "S", 600, "2020-04-20", None, None, 200, None, 1)],
        firms=firms,
        capacities=[(firm[0], "S", 30, 100_000, 1, 0) for firm in firms],
        groups=[("KOP", "P1", 100, 500)],
        members=[("KOP", firm[0]) for firm in firms if members],
        transport=PLAIN_TRANSPORT,
    )


def test_eleven_tailors_alone_fill_nothing_of_a_hospitals_order():
    case = hospital(members=False)
    solved = solve(case)
    assert delivered(case, solved.parts) == {"N1": 0}
    assert list(counts(Grid(case))) == [("N1", "small", 11)]
    assert [(each.missing, each.holds) for each in solved.unmet] == [(600, "lots")]
    assert dict(solved.unmet[0].brings)["lots"] == 600


def test_eleven_tailors_fill_it_through_their_cooperative():
    case = hospital(members=True)
    solved = solve(case)
    assert delivered(case, solved.parts) == {"N1": 600}
    assert {supplier for _, supplier, _ in solved.parts} == {"KOP"}
    assert not solved.unmet


def kalimantan(suits):
    """Return 13 regencies that ask for suits and 6,034 masks of 91 and 65 trained makers."""
    places = [f"K{number:02}" for number in range(13)]
    tailors = [(f"A{number:02}", places[number % 13], 50, None) for number in range(91)]
    sewers = [(f"B{number:02}", places[number % 13], 50, None) for number in range(65)]
    usual_suits, more_suits = divmod(950, 91)
    usual_masks, more_masks = divmod(6034, 65)
    asked = [suits // 13 + (place < suits % 13) for place in range(13)]
    masks = [6034 // 13 + (place < 6034 % 13) for place in range(13)]
    return make.plain_case(
        {"fill": [[1, 1]]},
        needs=[
            (f"S{p}", p, "S", asked[i], "2020-04-13", None, None, None, None, 1)
            for i, p in enumerate(places)
        ]
        + [
            (f"M{p}", p, "M", masks[i], "2020-04-13", None, None, None, None, 1)
            for i, p in enumerate(places)
        ],
        areas=[("K", None, "Kalimantan"), *((place, "K", None) for place in places)],
        firms=tailors + sewers,
        capacities=[
            (firm[0], "S", usual_suits + (i < more_suits), 90_000, 1, 0)
            for i, firm in enumerate(tailors)
        ]
        + [
            (firm[0], "M", usual_masks + (i < more_masks), 4_000, 1, 0)
            for i, firm in enumerate(sewers)
        ],
        transport=PLAIN_TRANSPORT,
    )


def test_south_kalimantan_is_filled_and_one_suit_more_is_short_by_one():
    filled, short = solve(kalimantan(950)), solve(kalimantan(951))
    assert filled.stages[0].value == 26
    assert not filled.unmet
    assert [(each.missing, each.holds) for each in short.unmet] == [(1, "weeks")]


def short_of(settings=None, **rows):
    """Return what holds the one need of a case of one maker of 100 masks a week."""
    need = rows.pop("need", {})
    usual = {"quantity": 100, "standard": None, "price": None, "least": None, "suppliers": None}
    q, s, p, least, suppliers = (usual | need).values()
    case = make.plain_case(
        settings,
        needs=[("N1", "P1", "M", q, "2020-04-20", s, p, least, suppliers, 1)],
        transport=PLAIN_TRANSPORT,
        **({"firms": [("F1", "P1", 50, None), ("F2", "P1", 50, None)]} | rows),
    )
    [found] = solve(case).unmet
    return found.holds, found.missing


def makers(*, lot=1, price=10):
    return [("F1", "M", 100, price, lot, 0), ("F2", "M", 20, 10, 1, 0)]


def test_what_holds_a_need_back_is_named():
    two = makers()
    assert short_of({"firm_share": 0.4}, capacities=two) == ("firm_share", 20)
    assert short_of({"regency_share": 0.6}, capacities=two) == ("regency_share", 40)
    assert short_of(need={"standard": "MED"}, capacities=two) == ("makers", 100)
    dear = makers(price=50)
    assert short_of(need={"price": 20}, capacities=dear) == ("price", 60)
    assert short_of(need={"quantity": 220, "suppliers": 1}, capacities=two) == ("suppliers", 20)
    coarse = [("F1", "M", 100, 10, 70, 0)]
    assert short_of(capacities=coarse) == ("lots", 30)


def test_one_firm_and_one_unit_are_not_said_as_many():
    case = make.plain_case(
        needs=[("N1", "P1", "M", 101, "2020-04-13", None, None, None, None, 1)],
        firms=[("F1", "P1", 50, None)],
        capacities=[("F1", "M", 100, 10, 1, 0)],
        transport=PLAIN_TRANSPORT,
    )
    told = explanation(solve(case))
    assert "by 1 firm at" in told["message_en"]
    assert told["unmet"][0]["message_en"].startswith("1 lembar is missing.")


def test_who_has_an_order_of_a_need_or_declined_it_sends_nothing_more_to_it():
    rows = {
        "needs": [("N1", "P1", "M", 100, "2020-04-20", None, None, None, None, 1)],
        "firms": [("F1", "P1", 50, None), ("F2", "P1", 50, None)],
        "capacities": [("F1", "M", 100, 10, 1, 0), ("F2", "M", 20, 10, 1, 0)],
        "groups": [("G1", "P1", None, 0)],
        "members": [("G1", "F1")],
        "transport": PLAIN_TRANSPORT,
    }
    alone = make.plain_case(**rows | {"barred": [("N1", "F1")]})
    assert dict(solve(alone).parts)["N1", "G1", "F1"] >= 60
    neither = make.plain_case(**rows | {"barred": [("N1", "F1"), ("N1", "G1")]})
    assert solve(neither).parts == {("N1", "F2", "F2"): 40}
    [breach] = breaches(neither, {("N1", "G1", "F1"): 10})
    assert breach.rule == "barred:N1:G1"
