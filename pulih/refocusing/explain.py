"""The public explanation of an outcome: what was reached, what was proven, what bound, and why."""

from typing import Any

from pulih.casefiles.answers import program
from pulih.common.money import billions, decimal
from pulih.refocusing.plan import STAGES, Conflict, Infeasible, Outcome, Solved, Unknown
from pulih.refocusing.relief import coverage
from pulih.refocusing.words import both

Json = dict[str, Any]


def explanation(outcome: Outcome) -> Json:
    """Return the object of `explanation.json`: plain values, sentences in both languages."""
    case = outcome.case
    told: Json = {
        "status": _status(outcome),
        "program": program(),
        "options": {"gap": outcome.options.gap, "time_limit": outcome.options.time_limit},
        "title": case.settings.title,
        "fiscal_year": case.settings.fiscal_year,
        "ceiling": case.settings.ceiling,
        "before": sum(line.ceiling for line in case.lines),
        "seconds": outcome.seconds,
    }
    match outcome:
        case Solved():
            return told | _solved(outcome)
        case Infeasible(conflict=conflict):
            return told | _nothing() | {"conflict": _conflict(conflict)} | _said(outcome)
        case Unknown():
            return told | _nothing() | {"conflict": None} | _said(outcome)


def _status(outcome: Outcome) -> str:
    match outcome:
        case Solved(status=status):
            return status
        case Infeasible():
            return "infeasible"
        case Unknown():
            return "unknown"


def _nothing() -> Json:
    return {"stages": dict.fromkeys(STAGES), "binding": [], "unallocated": None}


def _solved(solved: Solved) -> Json:
    held = sum(solved.plan.after.values())
    return (
        {
            "after": held,
            "unallocated": solved.case.settings.ceiling - held,
            "stages": {
                stage.name: {
                    "value": stage.value,
                    "bound": stage.bound,
                    "gap": stage.gap,
                    "seconds": stage.seconds,
                }
                for stage in solved.stages
            },
            "binding": [
                {
                    "rule": bound.rule,
                    "area": bound.area,
                    "shadow_price": bound.price,
                    "per": "unit" if bound.rule.startswith("limit:") else "Rp1 million",
                    "is_estimate": True,
                    "message_id": bound.message.id,
                    "message_en": bound.message.en,
                }
                for bound in solved.binding
            ],
            "conflict": None,
        }
        | _levels(solved)
        | _said(solved)
    )


def _levels(solved: Solved) -> Json:
    """Return the levels of fairness beyond the worst province; empty unless asked for."""
    told = [
        {"coverage": level.coverage, "bound": level.bound, "held": dict(level.held)}
        for level in solved.levels
    ]
    return {"levels": told} if told else {}


def _conflict(conflict: Conflict) -> Json:
    return {
        "rules": [
            {
                "rule": rule.rule,
                "area": rule.area,
                "amount": rule.amount,
                "message_id": rule.message.id,
                "message_en": rule.message.en,
            }
            for rule in conflict.rules
        ],
        "relaxed": conflict.relaxed,
        "fails_by": conflict.fails_by,
        "set_fails_by": conflict.set_fails_by,
        "unit": conflict.unit,
        "is_irreducible": conflict.is_irreducible,
        "message_id": conflict.message.id,
        "message_en": conflict.message.en,
    }


def _said(outcome: Outcome) -> Json:
    match outcome:
        case Solved():
            message = _solved_sentence(outcome)
        case Infeasible(conflict=conflict):
            message = conflict.message
        case Unknown():
            message = both(
                "Dalam waktu yang diberikan tidak ditemukan rencana yang sah dan tidak terbukti "
                "bahwa tidak ada; beri waktu lebih lama.",
                "In the time given neither a lawful plan was found nor proof that there is none; "
                "give it more time.",
            )
    return {"message_id": message.id, "message_en": message.en}


def _solved_sentence(solved: Solved) -> Any:
    held = sum(solved.plan.after.values())
    reached = coverage(solved.case, solved.plan.units)
    if not reached:
        return both(
            f"Rencana memakai {billions(held)}; tidak ada provinsi yang punya kebutuhan.",
            f"The plan holds {billions(held, 'en')}; no province has any need.",
        )
    worst = min(reached, key=lambda province: (reached[province], province))
    place, share = solved.case.name_of[worst], float(reached[worst] * 100)
    return both(
        f"Rencana memakai {billions(held)}. Cakupan terkecil {decimal(share, 2)} % di {place}.",
        f"The plan holds {billions(held, 'en')}. The smallest coverage is "
        f"{decimal(share, 2, 'en')}% in {place}.",
    )
