"""Who may receive: each class of wrong receiver as a named check with one of three answers. Pure.

Unknown is no pass: what cannot be told blocks until a named person waives it. A list that is too
old, or that does not cover the person's province, tells nothing. Source: CHECK-01.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple


class Outcome(StrEnum):
    PASS = "pass"  # noqa: S105  A word, no password.
    FAIL = "fail"
    UNKNOWN = "unknown"


SELECTION, PAYMENT = "selection", "payment"
CIVIL_REGISTRY = "civil_registry"
MATCH, MISMATCH, DECEASED, ABROAD = "match", "mismatch", "deceased", "abroad"
EMPLOYERS = ("civil_servants", "military_police", "state_firms")


@dataclass(frozen=True, slots=True)
class Known:
    """The newest list of a kind that covers a place."""

    pk: int
    as_of: date


class Hit(NamedTuple):
    """The entry of a list that has the person's number. status: of the civil registry's answer.

    has_name: whether the list was asked about the name that the person has today; None: no name.
    """

    status: str = ""
    has_name: bool | None = None


class PersonFacts(NamedTuple):
    """What is known of one person. nik_fault: whether the digits are impossible.

    lists: the newest list of each kind where the person lives; hits: by the key of a list.
    scale: of the firm, "" without one. sits_elsewhere, is_twice: in the same measure and year.
    namesake: same name and address under another number; None where an address is not known.
    """

    nik: str
    nik_fault: bool = False
    lists: Mapping[str, Known] = MappingProxyType({})
    hits: Mapping[int, Hit] = MappingProxyType({})
    scale: str = ""
    sits_elsewhere: bool = False
    is_twice: bool = False
    namesake: bool | None = False
    in_decree: bool = False
    is_paid_twice: bool = False


@dataclass(frozen=True, slots=True)
class CheckTerms:
    """When and for what is checked. ages: most days of a list by its kind."""

    day: date
    stage: str
    ages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says, why, and by which list; `because` is a key of `words.BECAUSE`."""

    check: str
    outcome: Outcome
    because: str
    list: int | None = None


Answer = tuple[Outcome, str, int | None]
PASSED: Answer = (Outcome.PASS, "", None)


def judge(facts: PersonFacts, checks: tuple[str, ...], asked: CheckTerms) -> list[Finding]:
    """Answer every named check, in their order."""
    return [Finding(check, *CHECKS[check](facts, asked)) for check in checks]


def judge_all(
    people: Mapping[int, PersonFacts], checks: tuple[str, ...], asked: CheckTerms
) -> dict[int, list[Finding]]:
    """Judge many: nearly all of them are alike in what the checks ask, and are judged once."""
    known: dict[Any, list[Finding]] = {}
    found = {}
    for key, facts in people.items():
        alike = _alike(facts)
        if alike not in known:
            known[alike] = judge(facts, checks, asked)
        found[key] = known[alike]
    return found


def _alike(facts: PersonFacts) -> tuple[Any, ...]:
    """Return all that checks ask; of the number, whether there is one."""
    return (
        bool(facts.nik), facts.nik_fault, id(facts.lists), tuple(sorted(facts.hits.items())),
        facts.scale, facts.sits_elsewhere, facts.is_twice, facts.namesake, facts.in_decree,
        facts.is_paid_twice,
    )  # fmt: skip


def _nik_form(facts: PersonFacts, asked: CheckTerms) -> Answer:
    if not facts.nik:
        # A seat without a number stands provisional; money needs one.
        outcome = Outcome.FAIL if asked.stage == PAYMENT else Outcome.UNKNOWN
        return outcome, "no_nik", None
    return (Outcome.FAIL, "impossible_nik", None) if facts.nik_fault else PASSED


def _registry_match(facts: PersonFacts, asked: CheckTerms) -> Answer:
    known, answer = _consult(CIVIL_REGISTRY, facts, asked)
    if known is None:
        return answer
    hit = facts.hits.get(known.pk)
    if hit is None:
        return Outcome.UNKNOWN, "no_answer", known.pk
    if hit.status == MISMATCH:
        return Outcome.FAIL, "registry_mismatch", known.pk
    if hit.has_name is False:
        return Outcome.UNKNOWN, "other_name_asked", known.pk
    return Outcome.PASS, "", known.pk


def _registry_status(status: str, because: str) -> Callable[[PersonFacts, CheckTerms], Answer]:
    def answer(facts: PersonFacts, asked: CheckTerms) -> Answer:
        known, unknown = _consult(CIVIL_REGISTRY, facts, asked)
        if known is None:
            return unknown
        hit = facts.hits.get(known.pk)
        if hit is None:
            return Outcome.UNKNOWN, "no_answer", known.pk
        failed = hit.status == status
        return Outcome.FAIL if failed else Outcome.PASS, because if failed else "", known.pk

    return answer


def _deceased(facts: PersonFacts, asked: CheckTerms) -> Answer:
    """Either the registry's answer or the list of deaths tells; one of them is enough to fail."""
    return _worst(_said_to_be_dead(facts, asked), _listed("deceased", "deceased", facts, asked))


_said_to_be_dead = _registry_status(DECEASED, "deceased")


def _in_none(kinds: tuple[str, ...], because: str) -> Callable[[PersonFacts, CheckTerms], Answer]:
    """Return a check that fails whoever stands in a list of any of the kinds."""

    def answer(facts: PersonFacts, asked: CheckTerms) -> Answer:
        return _worst(*(_listed(kind, because, facts, asked) for kind in kinds))

    return answer


def _listed(kind: str, because: str, facts: PersonFacts, asked: CheckTerms) -> Answer:
    known, unknown = _consult(kind, facts, asked)
    if known is None:
        return unknown
    if known.pk in facts.hits:
        return Outcome.FAIL, because, known.pk
    return Outcome.PASS, "", known.pk


def _consult(kind: str, facts: PersonFacts, asked: CheckTerms) -> tuple[Known | None, Answer]:
    """Return the list of a kind if it can answer, else the reason why it cannot."""
    known = facts.lists.get(kind)
    if known is None:
        return None, (Outcome.UNKNOWN, "no_list", None)
    if asked.day > known.as_of + timedelta(days=asked.ages[kind]):
        return None, (Outcome.UNKNOWN, "old_list", known.pk)
    if not facts.nik:
        return None, (Outcome.UNKNOWN, "no_nik", known.pk)
    return known, PASSED


def _worst(*answers: Answer) -> Answer:
    rank = (Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS)
    return min(answers, key=lambda one: rank.index(one[0]))


def _size(facts: PersonFacts, _asked: CheckTerms) -> Answer:
    if facts.scale in ("small", "medium"):
        return PASSED
    if facts.scale == "large":
        return Outcome.FAIL, "large_firm", None
    return Outcome.UNKNOWN, "unknown_scale" if facts.scale else "no_firm", None


def _received_before(facts: PersonFacts, asked: CheckTerms) -> Answer:
    if facts.sits_elsewhere:
        return Outcome.FAIL, "sits_elsewhere", None
    if facts.is_twice:
        return Outcome.FAIL, "applied_twice", None
    return _listed("other_programmes", "received_before", facts, asked)


def _same_name_address(facts: PersonFacts, _asked: CheckTerms) -> Answer:
    if facts.namesake is None:
        return Outcome.UNKNOWN, "namesake_in_village", None
    return (Outcome.FAIL, "namesake_at_address", None) if facts.namesake else PASSED


def _not_in_decree(facts: PersonFacts, _asked: CheckTerms) -> Answer:
    return PASSED if facts.in_decree else (Outcome.FAIL, "not_in_decree", None)


def _paid_before(facts: PersonFacts, asked: CheckTerms) -> Answer:
    if facts.is_paid_twice:
        return Outcome.FAIL, "twice_in_payment", None
    return _listed("payments", "paid_before", facts, asked)


CHECKS: dict[str, Callable[[PersonFacts, CheckTerms], Answer]] = {
    "registry_match": _registry_match,
    "public_employee": _in_none(EMPLOYERS, "public_employee"),
    "deceased": _deceased,
    "nik_form": _nik_form,
    "size": _size,
    "other_credit": _in_none(("credit",), "other_credit"),
    "received_before": _received_before,
    "not_in_decree": _not_in_decree,
    "abroad": _registry_status(ABROAD, "abroad"),
    "paid_before": _paid_before,
    "same_name_address": _same_name_address,
}
