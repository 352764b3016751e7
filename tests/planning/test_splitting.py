from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pulih.planning.rules.splitting import split

shares = st.dictionaries(
    st.text("0123456789", min_size=6, max_size=6), st.fractions(0, 1), min_size=1, max_size=8
).filter(lambda found: sum(found.values()) > 0)
rupiah = st.integers(0, 10**13)


@given(rupiah, shares)
def test_the_parts_add_up_to_the_whole(amount, parts):
    assert sum(split(amount, parts).values()) == amount


@given(rupiah, shares)
def test_no_part_is_a_rupiah_away_from_its_share(amount, parts):
    whole = sum(parts.values())
    found = split(amount, parts)
    for key, share in parts.items():
        assert abs(found.get(key, 0) - amount * Fraction(share) / whole) < 1


@given(rupiah, shares)
def test_the_order_of_the_shares_changes_nothing(amount, parts):
    assert split(amount, parts) == split(amount, dict(reversed(parts.items())))


def test_the_remainder_of_equal_shares_goes_to_the_first_keys():
    equal = {f"{key:02}": Fraction(1) for key in range(34)}
    found = split(24_900_000_000, equal)
    assert sorted(set(found.values())) == [732_352_941, 732_352_942]
    assert [key for key, part in found.items() if part == 732_352_942] == sorted(equal)[:6]


def test_what_holds_nothing_is_left_out():
    assert split(10, {"521211": Fraction(1), "522151": Fraction(0)}) == {"521211": 10}
