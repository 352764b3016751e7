"""What would bring more of a need: told numbers against every answer of that need."""

import itertools
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from pulih.common.money import decimal
from pulih.matching import breaches, explanation, solve, worth
from tests.examples import examples
from tests.make import matching as make
from tests.matching.slow_reference import every_part
from tests.matching.small_cases import small_cases

PLAIN_TRANSPORT = [(kind, 0, 0, 0) for kind in ("regency", "province", "island", "country")]


def given_way(case, code, word):
    """Return the case in which one rule gives way for one need, all else as it stands."""

    def changed(**what):
        needs = (replace(n, **what) if n.code == code else n for n in case.needs)
        return replace(case, needs=tuple(needs))

    match word:
        case "suppliers":
            return changed(max_suppliers=None)
        case "price":
            return changed(max_price=None)
        case "weeks":
            return changed(due=case.need[code].due + timedelta(days=7))
        case "makers":
            return changed(standard="")
        case "firm_share" | "regency_share":
            return replace(case, settings=replace(case.settings, **{word: None}))
        case "lots":
            smaller = changed(min_order=1)
            return replace(
                smaller,
                capacities=tuple(replace(c, lot=1, min_order=0) for c in case.capacities),
                groups=tuple(replace(g, min_order=0) for g in case.groups),
            )
        case _:
            return case


def most_of(case, parts, code):
    """Return the most units that one need could get while the others keep what they have.

    None where too many answers would have to be tried.
    """
    rest = {key: units for key, units in parts.items() if key[0] != code}
    sizes = {key: each for key, each in every_part(case).items() if key[0] == code}
    if len(list(itertools.islice(itertools.product(*sizes.values()), 1501))) > 1500:
        return None
    found = 0
    for chosen in itertools.product(*sizes.values()):
        own = {key: units for key, units in zip(sizes, chosen, strict=True) if units}
        if sum(chosen) > found and not breaches(case, rest | own):
            found = sum(chosen)
    return found


@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(small_cases())
def test_no_change_is_told_to_bring_more_than_it_could(case):
    solved = solve(case)
    for each in solved.unmet:
        got = case.need[each.need].quantity - each.missing
        spare = most_of(case, solved.parts, each.need)
        assert spare is None or each.spare <= spare - got
        for word, units in each.brings:
            most = most_of(given_way(case, each.need, word), solved.parts, each.need)
            assert most is None or each.spare + units <= most - got


def test_a_week_more_for_one_need_leaves_the_days_of_the_others():
    case = make.plain_case(
        needs=[
            ("N1", "P1", "M", 20, "2020-04-13", None, None, None, None, 2),
            ("N2", "P1", "M", 20, "2020-04-06", None, None, None, None, 1),
            ("N3", "P1", "M", 20, "2020-04-13", None, None, None, None, 1),
        ],
        firms=[("F1", "P1", 50, None)],
        capacities=[("F1", "M", 10, 10, 1, 0)],
        transport=PLAIN_TRANSPORT,
    )
    # All ten of the week until 13 April go to N1: N2, a week later, is due on that day too.
    [_, second, third] = solve(case).unmet
    assert (second.need, second.brings, second.day) == ("N2", (), "2020-04-27")
    assert (third.need, third.brings) == ("N3", (("weeks", 10),))


def test_what_the_tolerances_left_out_is_said_and_no_change_is_praised_for_it():
    case = make.plain_case(
        {"tolerance": [0.5, 0]},
        needs=[("N1", "P1", "M", 20, "2020-04-20", None, 50, None, 2, 1)],
        firms=[("F1", "P1", 0, None)],
        capacities=[("F1", "M", 10, 10, 1, 0)],
        transport=PLAIN_TRANSPORT,
    )
    [found] = solve(case).unmet
    assert found.missing == found.spare > 0
    assert found.brings == ()
    assert found.day is None
    [told] = explanation(solve(case))["unmet"]
    assert told["spare"] == found.spare
    assert "tolerances" in told["message_en"]
    assert "toleransi" in told["message_id"]


def test_makers_held_by_two_rules_are_not_said_to_have_nothing_left():
    rows = {
        "needs": [("N1", "P1", "M", 20, "2020-04-13", "MED", 5, None, None, 1)],
        "firms": [("F1", "P1", 50, None)],
        "transport": PLAIN_TRANSPORT,
    }
    two_rules = make.plain_case(**rows, capacities=[("F1", "M", 10, 8, 1, 0)])
    [found] = solve(two_rules).unmet
    assert (found.brings, found.holds) == ((), "makers")
    assert "Only several changes together bring more: up to 20 lembar." in found.message.en
    assert "nothing left" not in found.message.en
    nobody = make.plain_case(**rows, capacities=[("F1", "S", 10, 8, 1, 0)])
    assert "nothing left" in solve(nobody).unmet[0].message.en


def test_the_sentence_says_what_share_of_what_is_asked_for_is_filled():
    case = make.plain_case(
        {"fill": [[1.0, 1.0]]},
        needs=[
            ("N1", "P1", "M", 20, "2020-04-20", None, 50, None, 2, 1),
            ("N2", "P1", "M", 20, "2020-04-20", None, 50, None, 2, 3),
        ],
        firms=[("F1", "P1", 0, None)],
        capacities=[("F1", "M", 10, 10, 1, 0)],
        transport=PLAIN_TRANSPORT,
    )
    solved = solve(case)
    share = 100 * worth.fill(case, solved.parts) / 4
    assert 0 < share < 100
    told = explanation(solved)
    assert f"{decimal(float(share), 1)}% dari yang diminta menurut bobotnya" in told["message_id"]
    assert f"{decimal(float(share), 1, 'en')}% of what is asked for" in told["message_en"]
