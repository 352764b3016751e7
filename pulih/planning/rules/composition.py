"""What a plan should be made of: how much may only support, and what may not rise. Pure.

The rules are dated data, `data/composition.toml`. Source: COMP-01, COMP-02.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn

from pulih.common.errors import Message

FILE = "composition.toml"
ACCOUNT = re.compile(r"[0-9]{1,6}")  # The beginning of a code, or all of it.
FIELDS = frozenset(
    {
        "key", "kind", "of", "accounts", "goods", "largest_percent", "except", "from_year",
        "to_year", "what", "reason", "source", "verified",
    }
)  # fmt: skip


class Kind(StrEnum):
    LARGEST_SHARE = "largest_share"
    MAY_NOT_RISE = "may_not_rise"


class Of(StrEnum):
    PLAN = "plan"
    MEASURE = "measure"


@dataclass(frozen=True)
class Rule:
    """accounts, goods: the beginnings of account codes. largest_percent: of the money after."""

    key: str
    kind: Kind
    of: Of
    accounts: tuple[str, ...]
    goods: tuple[str, ...]
    largest_percent: int
    but: tuple[str, ...]
    from_year: int
    to_year: int
    what: Message
    reason: Message
    source: str
    verified: bool


@dataclass(frozen=True)
class Part:
    """A plan's money of one measure and account, in whole rupiah. measure: empty: of none."""

    measure: str
    account: str
    before: int
    after: int


@dataclass(frozen=True)
class Broken:
    """A rule that a plan breaks. measure: empty: the plan as a whole.

    before, after: rupiah of the rule's accounts. beside_before, beside_after: rupiah that they are
    compared with: of all, or of the goods for receivers.
    """

    rule: Rule
    measure: str
    before: int
    after: int
    beside_before: int
    beside_after: int

    @property
    def share(self) -> float:
        return self.after / self.beside_after if self.beside_after else 0.0


def broken(parts: Iterable[Part], rules: Iterable[Rule], fiscal_year: int) -> list[Broken]:
    """Return what a plan breaks, in the order of the rules and of the measures' codes."""
    every = list(parts)
    named = sorted({one.measure for one in every if one.measure})
    found = []
    for rule in rules:
        if not rule.from_year <= fiscal_year <= rule.to_year:
            continue
        if rule.of == Of.PLAN:
            found.append(_weighed(rule, "", every))
            continue
        for measure in named:
            if measure not in rule.but:
                own = [one for one in every if one.measure == measure]
                found.append(_weighed(rule, measure, own))
    return [one for one in found if _breaks(one)]


def _weighed(rule: Rule, measure: str, parts: list[Part]) -> Broken:
    own = [one for one in parts if one.account.startswith(rule.accounts)]
    is_rise = rule.kind == Kind.MAY_NOT_RISE
    beside = [one for one in parts if one.account.startswith(rule.goods)] if is_rise else parts
    return Broken(
        rule,
        measure,
        sum(one.before for one in own),
        sum(one.after for one in own),
        sum(one.before for one in beside),
        sum(one.after for one in beside),
    )


def _breaks(one: Broken) -> bool:
    if one.rule.kind == Kind.MAY_NOT_RISE:
        return one.after > one.before and one.beside_after < one.beside_before
    return one.after * 100 > one.beside_after * one.rule.largest_percent


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules as the data has them."""
    return read(files("pulih.planning").joinpath("data", FILE).read_text("utf-8"))


def read(text: str) -> tuple[Rule, ...]:
    """Return the rules of a file. Raises ValueError, which names the rule and the field."""
    found = [_rule(place, row) for place, row in enumerate(tomllib.loads(text)["rule"], start=1)]
    for place, rule in enumerate(found, start=1):
        if any(_overlap(rule, other) for other in found[: place - 1]):
            _refuse(place, "from_year", f"the years overlap those of another {rule.key!r}")
    return tuple(found)


def _overlap(one: Rule, other: Rule) -> bool:
    years = one.from_year <= other.to_year and other.from_year <= one.to_year
    return one.key == other.key and years


def _rule(place: int, row: dict[str, Any]) -> Rule:
    def take(field: str, is_good: Callable[[Any], bool], must: str, usual: Any = None) -> Any:
        value = row.get(field, usual)
        if not is_good(value):
            _refuse(place, field, f"{value!r} is not {must}")
        return value

    for field in row.keys() - FIELDS:
        _refuse(place, field, "no such field")
    kind = take("kind", lambda it: it in list(Kind), " or ".join(Kind))
    is_rise = kind == Kind.MAY_NOT_RISE
    largest = take(
        "largest_percent",
        lambda it: it is None if is_rise else type(it) is int and 0 <= it < 100,
        "empty beside may_not_rise" if is_rise else "a whole number from 0 to 99",
    )
    goods = take(
        "goods",
        lambda it: _are_accounts(it) if is_rise else it == [],
        "a list of beginnings of account codes" if is_rise else "empty beside largest_share",
        [],
    )
    return Rule(
        key=take("key", _is_text, "a name"),
        kind=Kind(kind),
        of=Of(take("of", lambda it: it in list(Of), " or ".join(Of))),
        accounts=tuple(take("accounts", _are_accounts, "a list of beginnings of account codes")),
        goods=tuple(goods),
        largest_percent=100 if largest is None else largest,
        but=tuple(take("except", _are_texts, "a list of codes of measures", [])),
        from_year=take("from_year", _is_year, "a year from 2000 to 2100"),
        to_year=take(
            "to_year",
            lambda it: _is_year(it) and it >= row["from_year"],
            "a year from from_year to 2100",
        ),
        what=Message(*take("what", _is_pair, "a pair: Indonesian, English")),
        reason=Message(*take("reason", _is_pair, "a pair: Indonesian, English")),
        source=take("source", _is_text, "an id of docs/sources.md"),
        verified=take("verified", lambda it: type(it) is bool, "true or false"),
    )


def _refuse(place: int, field: str, problem: str) -> NoReturn:
    raise ValueError(f"{FILE}, rule {place}, {field}: {problem}.")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(one) for one in value)


def _is_pair(value: Any) -> bool:
    return _are_texts(value) and len(value) == 2


def _are_accounts(value: Any) -> bool:
    return (
        _are_texts(value) and bool(value) and all(one.isdigit() and len(one) <= 6 for one in value)
    )


def _is_year(value: Any) -> bool:
    return type(value) is int and 2000 <= value <= 2100
