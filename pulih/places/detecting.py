"""Whose numbers a file uses, told from the names that stand beside them."""

from collections.abc import Iterable
from datetime import date

from pulih.places.lookup import code_of
from pulih.places.model import Level, Scheme
from pulih.places.resolving import candidates, digits
from pulih.places.tables import codes

ENOUGH = 0.8
"""Share of the pairs of code and name that the scheme must explain."""


def detect_scheme(pairs: Iterable[tuple[str, str]], on: date) -> Scheme | None:
    """Return the scheme that explains at least four pairs in five, better than any other.

    pairs: a code and the name beside it. Pairs whose name or code is no place's are left out.
    Where Home Affairs and Statistics explain all pairs alike and agree on every code of those
    provinces, the answer is Home Affairs: nothing can go wrong. Otherwise a tie is None: ask.
    """
    usable = _usable(pairs, on)
    scores = {scheme: sum(_explains(scheme, pair, on) for pair in usable) for scheme in Scheme}
    best = max(scores.values())
    if not usable or best < ENOUGH * len(usable):
        return None
    winners = [scheme for scheme in Scheme if scores[scheme] == best]
    if len(winners) == 1:
        return winners[0]
    alike = winners == [Scheme.KEMENDAGRI, Scheme.BPS]
    if alike and {code[:2] for code, _ in usable} <= _undisputed(on):
        return Scheme.KEMENDAGRI
    return None


def _usable(pairs: Iterable[tuple[str, str]], on: date) -> list[tuple[str, str]]:
    """Keep each different pair of a province's or regency's code and a known name once."""
    cleaned = {(digits(str(code)) or "", name) for code, name in pairs}
    return [
        (code, name)
        for code, name in sorted(cleaned)
        if len(code) in (2, 4) and candidates(name, on=on, level=_level(code))
    ]


def _level(code: str) -> Level:
    return Level.PROVINCE if len(code) == 2 else Level.REGENCY


def _explains(scheme: Scheme, pair: tuple[str, str], on: date) -> bool:
    code, name = pair
    meant = candidates(name, on=on, level=_level(code))
    return any(code_of(one, scheme, on) == code for one in meant)


def _undisputed(on: date) -> set[str]:
    """Return the province codes under which the two schemes agree on every regency."""
    home: dict[str, set[tuple[int, str]]] = {}
    other: dict[str, set[tuple[int, str]]] = {}
    for (key, scheme), dated in codes().items():
        found = {Scheme.KEMENDAGRI: home, Scheme.BPS: other}.get(scheme)
        for code in dated:
            if found is not None and code.holds(on):
                found.setdefault(code.value[:2], set()).add((key, code.value))
    return {prefix for prefix in home if home[prefix] == other.get(prefix)}
