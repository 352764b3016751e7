"""The public explanation of an answer: what was reached, what is proven, what is missing."""

from typing import Any

from pulih.casefiles.answers import program
from pulih.common.money import decimal, grouped, rupiah
from pulih.matching import worth
from pulih.matching.plan import Solved, Unmet
from pulih.matching.unmet import words_of

Json = dict[str, Any]


def explanation(solved: Solved) -> Json:
    """Return the object of `explanation.json`: plain values, sentences in both languages."""
    case, parts = solved.case, solved.parts
    return {
        "status": solved.status,
        "program": program(),
        "options": {"gap": solved.options.gap, "time_limit": solved.options.time_limit},
        "title": case.settings.title,
        "as_of": case.settings.as_of.isoformat(),
        "fill": float(worth.fill(case, parts)),
        "work": float(worth.work(case, parts)),
        "cost": worth.cost(case, parts),
        "seconds": solved.seconds,
        "stages": {
            stage.name: {
                "value": stage.value,
                "bound": stage.bound,
                "gap": stage.gap,
                "seconds": stage.seconds,
            }
            for stage in solved.stages
        },
        "baselines": {
            name: None if fill is None else float(fill) for name, fill in solved.baselines.items()
        },
        "unmet": [_unmet(solved, each) for each in solved.unmet],
    } | _sentence(solved)


def _unmet(solved: Solved, each: Unmet) -> Json:
    case, need = solved.case, solved.case.need[each.need]
    return {
        "need": each.need,
        "missing": each.missing,
        "spare": each.spare,
        "holds": each.holds,
        "day": each.day,
        "message_id": each.message.id,
        "message_en": each.message.en,
        "changes": [
            {
                "change": word,
                "brings": units,
                "message_id": words_of(case, need, word, units).id,
                "message_en": words_of(case, need, word, units).en,
            }
            for word, units in each.brings
        ],
    }


def _sentence(solved: Solved) -> Json:
    case, parts = solved.case, solved.parts
    filled, needs = len(case.needs) - len(solved.unmet), len(case.needs)
    firms, cost = len(worth.weeks(case, parts)), worth.cost(case, parts)
    share = _share(solved)
    return {
        "message_id": f"{grouped(filled)} dari {grouped(needs)} kebutuhan terpenuhi, "
        f"{decimal(share, 1)}% dari yang diminta menurut bobotnya, "
        f"oleh {grouped(firms)} usaha dengan biaya {rupiah(cost)}.",
        "message_en": f"{grouped(filled, 'en')} of {grouped(needs, 'en')} needs are filled, "
        f"{decimal(share, 1, 'en')}% of what is asked for by its weight, "
        f"by {grouped(firms, 'en')} {'firm' if firms == 1 else 'firms'} "
        f"at a cost of {rupiah(cost, 'en')}.",
    }


def _share(solved: Solved) -> float:
    """Return the fill in percent of what filling every need would be; 0 where nothing counts."""
    case = solved.case
    whole = sum(worth.fill_of(case, need, need.quantity) for need in case.needs)
    return float(100 * worth.fill(case, solved.parts) / whole) if whole else 0.0
