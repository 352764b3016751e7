"""How badly a firm was hit in a month: an index of 0 to 100 that shows its arithmetic.

`docs/explanation/severity.md` explains the choices. This is the reference in plain Python;
`vectorised.py` computes the same for a whole table and is tested against it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

TERMS = ("turnover", "workers", "status", "obstacles")
STATUSES = (
    "PRODUCING_SAME_KBLI",
    "PRODUCING_CHANGED_KBLI",
    "TEMP_NOT_PRODUCING",
    "CLOSED",
    "NOT_FOUND",
)


@dataclass(frozen=True)
class Formula:
    """The dated constants of one version; `weights` are points and sum to 100.

    status_percent: share of the status weight per status; a status not named here is unknown.
    obstacle_categories: the ministry's category of each obstacle code (Source: CLASS-02).
    least_known: below this many known points out of 100 there is no index.
    """

    version: str
    valid_from: date
    weights: dict[str, int]
    status_percent: dict[str, int]
    obstacle_categories: dict[str, str]
    least_known: int

    @property
    def categories(self) -> int:
        """How many categories of obstacles there are to name."""
        return len(set(self.obstacle_categories.values()))

    def categories_named(self, codes: Iterable[str]) -> int:
        """Count the ministry's categories among obstacle codes; others do not count."""
        named = {self.obstacle_categories.get(code) for code in codes}
        return len(named - {None})


FORMULAS = (
    Formula(
        version="1",
        valid_from=date(2020, 1, 1),
        weights={"turnover": 40, "workers": 25, "status": 20, "obstacles": 15},
        status_percent={
            "PRODUCING_SAME_KBLI": 0,
            "PRODUCING_CHANGED_KBLI": 50,
            "TEMP_NOT_PRODUCING": 100,
            "CLOSED": 100,
        },
        obstacle_categories={
            "falling_sales": "sales",
            "raw_material_scarce": "raw_material",
            "raw_material_price": "raw_material",
            "production_hampered": "production",
            "purchasing_power": "purchasing_power",
            "workers_sent_home": "workers",
            "deficit": "deficit",
            "cannot_market": "marketing",
        },
        least_known=40,
    ),
)


@dataclass(frozen=True)
class Answers:
    """What a firm said of a month; None is "not said", which is not zero.

    turnover, turnover_before: whole rupiah for periods of the same length.
    obstacles: how many of the ministry's categories it named.
    """

    turnover_before: int | None = None
    turnover: int | None = None
    workers_before: int | None = None
    workers: int | None = None
    laid_off: int | None = None
    furloughed: int | None = None
    status: str | None = None
    obstacles: int | None = None


@dataclass(frozen=True)
class Term:
    """One part of the index. `tenths` are the points it adds, after unknown terms were set aside.

    share: 0 to 1 of the term's weight; None when the firm did not say.
    """

    name: str
    weight: int
    share: Fraction | None
    tenths: int | None

    @property
    def is_known(self) -> bool:
        return self.share is not None


@dataclass(frozen=True)
class Severity:
    """The index in tenths of a point (None: too little is known), its terms and its range.

    known: how many of the 100 points the answers cover.
    lowest, highest: the index in tenths if every unknown term were nothing, or everything.
    """

    version: str
    tenths: int | None
    known: int
    lowest: int
    highest: int
    terms: tuple[Term, ...] = field(default=())


def formula_on(day: date) -> Formula:
    """Return the version that holds on `day`; the first one for days before it."""
    return max(
        (formula for formula in FORMULAS if formula.valid_from <= day),
        key=lambda formula: formula.valid_from,
        default=FORMULAS[0],
    )


def formula_named(version: str) -> Formula:
    """Return the formula of `version`. Raises KeyError."""
    return {formula.version: formula for formula in FORMULAS}[version]


def severity(answers: Answers, formula: Formula = FORMULAS[-1]) -> Severity:
    """Score one firm's month.

    Terms that the firm did not answer are set aside and the rest is scaled to 100, so that
    silence counts neither as health nor as ruin. Below `least_known` points there is no index.
    """
    shares = shares_of(answers, formula)
    known = sum(formula.weights[name] for name in TERMS if shares[name] is not None)
    terms = tuple(_term(name, formula.weights[name], shares[name], known) for name in TERMS)
    reached = (term.weight * (term.share or Fraction(0)) for term in terms)
    least = sum(reached, Fraction(0))
    total = min(1000, sum(term.tenths or 0 for term in terms))
    return Severity(
        version=formula.version,
        tenths=total if known >= formula.least_known else None,
        known=known,
        lowest=_rounded(10 * least),
        highest=_rounded(10 * (least + 100 - known)),
        terms=terms,
    )


def shares_of(answers: Answers, formula: Formula) -> dict[str, Fraction | None]:
    """Return how much of each term's weight is reached, 0 to 1; None where nothing was said."""
    return {
        "turnover": turnover_loss(answers),
        "workers": workers_hit_share(answers),
        "status": status_share(answers, formula),
        "obstacles": obstacle_share(answers, formula),
    }


def turnover_loss(answers: Answers) -> Fraction | None:
    """Return the lost share of turnover; growth is no loss; nothing to compare with is unknown."""
    before, now = answers.turnover_before, answers.turnover
    if before is None or now is None or before <= 0 or now < 0:
        return None
    return Fraction(max(0, before - now), before)


def workers_hit(answers: Answers) -> int | None:
    """Return how many workers lost their job or were sent home.

    Where only one of the two was answered the other counts as none; where neither was, the
    fall of the number of workers stands in for them.
    """
    if answers.laid_off is not None or answers.furloughed is not None:
        return max(0, (answers.laid_off or 0) + (answers.furloughed or 0))
    if answers.workers_before is None or answers.workers is None:
        return None
    return max(0, answers.workers_before - answers.workers)


def workers_hit_share(answers: Answers) -> Fraction | None:
    """Return the share of the earlier workers that was hit, at most 1."""
    hit, before = workers_hit(answers), answers.workers_before
    if before is None and answers.workers is not None:
        # Those sent home are still on the payroll, those laid off are not.
        before = answers.workers + (answers.laid_off or 0)
    if hit is None or before is None or before <= 0:
        return None
    return min(Fraction(1), Fraction(hit, before))


def status_share(answers: Answers, formula: Formula) -> Fraction | None:
    """Return the share of the status weight; a firm that was not found says nothing."""
    percent = formula.status_percent.get(answers.status or "")
    return None if percent is None else Fraction(percent, 100)


def obstacle_share(answers: Answers, formula: Formula) -> Fraction | None:
    """Return the named share of the ministry's categories; an unanswered question is unknown."""
    if answers.obstacles is None:
        return None
    return Fraction(min(answers.obstacles, formula.categories), formula.categories)


def _term(name: str, weight: int, share: Fraction | None, known: int) -> Term:
    tenths = None if share is None else _rounded(weight * share * 1000 / known)
    return Term(name, weight, share, tenths)


def _rounded(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)  # Halves go up.
