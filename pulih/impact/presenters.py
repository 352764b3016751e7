"""A report as its page shows it: terms as bars with the arithmetic in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.web import numbers
from pulih.web.figures import Term

from . import reads
from .models import ImpactReport
from .rules import Answers, Formula, Severity, formula_named, severity
from .rules import Term as Scored
from .rules.severity import workers_hit

EXAMPLE = Answers(
    turnover_before=11_000_000,
    turnover=2_500_000,
    workers_before=6,
    laid_off=1,
    furloughed=3,
    status="PRODUCING_CHANGED_KBLI",
    obstacles=3,
)


@dataclass(frozen=True)
class ShownReport:
    """A report with its terms; `unknown` names what was not said."""

    report: ImpactReport
    result: Severity
    terms: list[Term]
    unknown: list[str]
    obstacles: list[str]
    needs: list[str]
    deciding: str

    @property
    def lowest(self) -> float:
        return self.result.lowest / 10

    @property
    def highest(self) -> float:
        return self.result.highest / 10


def shown_report(report: ImpactReport) -> ShownReport:
    """Score a stored report again by its own version of the formula, and put it into words."""
    formula = formula_named(report.formula_version)
    named = report.obstacles
    answers = Answers(
        turnover_before=report.turnover_before,
        turnover=report.turnover,
        workers_before=report.workers_before,
        workers=report.workers,
        laid_off=report.laid_off,
        furloughed=report.furloughed,
        status=report.status or None,
        obstacles=None if named is None else formula.categories_named(named),
    )
    result = severity(answers, formula)
    known = [term for term in result.terms if term.is_known]
    worst = max(known, key=lambda term: term.tenths or 0, default=None)
    return ShownReport(
        report,
        result,
        [_term(term, answers, formula, result.known) for term in known],
        [_unknown(term.name) for term in result.terms if not term.is_known],
        [reads.word("obstacle", code) for code in named or []],
        [reads.word("need", code) for code in report.needs or []],
        _label(worst, answers, formula) if worst else "",
    )


def example_of(formula: Formula) -> tuple[list[Term], float]:
    """Return the terms of the worked example that the formula's page explains, and their sum."""
    result = severity(EXAMPLE, formula)
    terms = [_term(term, EXAMPLE, formula, 100) for term in result.terms]
    return terms, (result.tenths or 0) / 10


def _term(term: Scored, answers: Answers, formula: Formula, known: int) -> Term:
    most = term.weight * 100 / known
    return Term(
        _label(term, answers, formula), (term.tenths or 0) / 10, round(most, 1), _how(term, answers)
    )


def _label(term: Scored, answers: Answers, formula: Formula) -> str:
    share = float(term.share or 0)
    if term.name == "turnover":
        return _("Turnover fell by {percent}").format(percent=numbers.percent(share, 1))
    if term.name == "workers":
        before = answers.workers_before or (answers.workers or 0) + (answers.laid_off or 0)
        hit = workers_hit(answers) or 0
        return ngettext("{hit} of {n} worker hit", "{hit} of {n} workers hit", before).format(
            hit=numbers.whole(hit), n=numbers.whole(before)
        )
    if term.name == "status":
        return reads.word("status", answers.status or "").capitalize()
    return _("{n} of {all} obstacles").format(n=answers.obstacles, all=formula.categories)


def _how(term: Scored, answers: Answers) -> str:
    if term.name == "turnover":
        return f"{_money(answers.turnover_before)} → {_money(answers.turnover)}"
    if term.name == "workers" and (answers.laid_off is not None or answers.furloughed is not None):
        return _("{home} sent home, {off} laid off").format(
            home=numbers.whole(answers.furloughed), off=numbers.whole(answers.laid_off)
        )
    if term.name == "status":
        return _("{percent} of the value of “stopped”").format(
            percent=numbers.percent(float(term.share or 0), 0)
        )
    return ""


def _money(amount: int | None) -> str:
    return numbers.rupiah(amount)


def _unknown(name: str) -> str:
    return {
        "turnover": _("turnover"),
        "workers": _("workers"),
        "status": _("status"),
        "obstacles": _("obstacles"),
    }[name]
