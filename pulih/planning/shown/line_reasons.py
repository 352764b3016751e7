"""Why a line holds what it holds: what its next rupiah would buy, and what is bought instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from pulih.refocusing import Case
from pulih.refocusing.next_buys import (
    Around,
    Buy,
    around,
    best_elsewhere,
    best_more,
    dearest_less,
)
from pulih.web import numbers

from ..models import SolutionLine, SolutionProvince
from ..wording import held_words, units_words


@dataclass(frozen=True)
class LineWhy:
    """The sentences, and the purchases that their numbers come from."""

    line: SolutionLine
    sentences: list[str]
    more: Buy | None
    less: Buy | None
    other: Buy | None


def why_line(
    case: Case,
    units: Mapping[tuple[str, str], int],
    line: SolutionLine,
    province: SolutionProvince,
    names: Mapping[str, str],
) -> LineWhy:
    """Return why a line is what it is. names: of measures by code."""
    found = around(case, units)
    more, less, other = _buys(found, province.code, line.measure)
    sentences = [
        _holds(line),
        _sentence_of(case, names, less, _less()) if less else _nothing_bought(),
        _sentence_of(case, names, more, _more()) if more else _nothing_to_buy(),
    ]
    if other is not None:
        sentences.append(_sentence_of(case, names, other, _other()))
    sentences.append(_verdict(line, province, more, other))
    return LineWhy(line, sentences, more, less, other)


def _buys(found: Around, province: str, measure: str) -> tuple[Buy | None, Buy | None, Buy | None]:
    return (
        best_more(found, province, measure),
        dearest_less(found, province, measure),
        best_elsewhere(found, province, measure),
    )


def _holds(line: SolutionLine) -> str:
    values = {
        "before": numbers.rupiah(line.before),
        "after": numbers.rupiah(line.after),
        "bound": numbers.rupiah(line.bound),
    }
    if line.is_protected:
        return _("The line is protected, so it keeps its %(before)s.") % values
    return (
        _("It goes from %(before)s to %(after)s; %(bound)s of it is committed or blocked.") % values
    )


def _nothing_bought() -> str:
    return _("The plan buys no batch of this measure in the province.")


def _nothing_to_buy() -> str:
    return _(
        "One more batch here would relieve nobody: the needs that the measure answers are met, a "
        "limit is reached, or it cannot run."
    )


def _less() -> str:
    return _(
        "The last batch bought with this money, %(units)s of %(measure)s in %(place)s for "
        "%(rupiah)s, relieves %(firms)s firms: %(rate)s per Rp1 million."
    )


def _more() -> str:
    return _(
        "The next batch, %(units)s of %(measure)s in %(place)s for %(rupiah)s, would relieve "
        "%(firms)s firms: %(rate)s per Rp1 million."
    )


def _other() -> str:
    return _(
        "The same province buys instead %(units)s of %(measure)s in %(place)s for "
        "%(rupiah)s, relieving %(firms)s firms: %(rate)s per Rp1 million."
    )


def _sentence_of(case: Case, names: Mapping[str, str], buy: Buy, words: str) -> str:
    return words % {
        "units": units_words(buy.units),
        "measure": names.get(buy.measure, buy.measure),
        "place": case.name_of[buy.regency],
        "rupiah": numbers.rupiah(buy.rupiah),
        "firms": numbers.decimal(float(buy.relief), 2),
        "rate": numbers.firms(float(buy.per_million or 0)),
    }


def _verdict(
    line: SolutionLine, province: SolutionProvince, more: Buy | None, other: Buy | None
) -> str:
    here = (more.per_million if more else None) or Fraction(0)
    there = (other.per_million if other else None) or Fraction(0)
    values = {"here": numbers.firms(float(here)), "there": numbers.firms(float(there))}
    if line.is_protected:
        return _("Only if it were no longer protected could it change.")
    if other is None:
        return _alone(more) % {"held": held_words(province.held)}
    if there >= here:
        return (
            _("So the money is better spent there: %(there)s against %(here)s per Rp1 million.")
            % values
        )
    return _(
        "More of this would relieve more for each rupiah, %(here)s against %(there)s; the "
        "province is held by: %(held)s."
    ) % (values | {"held": held_words(province.held)})


def _alone(more: Buy | None) -> str:
    if more is None:
        return _(
            "The plan buys no other measure in the province, and more of this relieves nobody."
        )
    return _("The plan buys no other measure in the province, which is held by: %(held)s.")
