"""The public explanation of an outcome: what was reached, what was proven, what bound, and why."""

from pulih.casefiles.answers import program
from pulih.common.errors import Message
from pulih.common.money import decimal, grouped
from pulih.selection.case import MICRO, Json, exact_sum
from pulih.selection.draws import digest
from pulih.selection.plan import Infeasible, Outcome, Solved, Unknown, relative_gap
from pulih.selection.words import price_says


def explanation(outcome: Outcome) -> Json:
    """Give the object of `explanation.json`: plain values, sentences in both languages."""
    case = outcome.case
    status = outcome.status if isinstance(outcome, Solved) else _without_plan(outcome)
    message = _message(outcome)
    return {
        "status": status,
        "title": case.settings.title,
        "year": case.settings.year,
        "applications": len(case.applications),
        **(_solved(outcome) if isinstance(outcome, Solved) else _nothing()),
        "seed": case.settings.seed,
        "digest": digest(case.applications),
        "seconds": round(outcome.seconds, 3),
        "program": program(),
        "options": {"gap": outcome.options.gap, "time_limit": outcome.options.time_limit},
        "conflict": _conflict(outcome) if isinstance(outcome, Infeasible) else None,
        "message_id": message.id,
        "message_en": message.en,
    }


def _without_plan(outcome: Infeasible | Unknown) -> str:
    return "infeasible" if isinstance(outcome, Infeasible) else "unknown"


def _nothing() -> Json:
    return dict.fromkeys(("value", "bound", "gap", "chosen", "cost")) | {"binding": []}


def _solved(solved: Solved) -> Json:
    costs = solved.case.applications.cost[solved.plan.chosen]
    return {
        "value": solved.value / MICRO,
        "bound": solved.bound / MICRO,
        "gap": relative_gap(solved.value, solved.bound),
        "chosen": len(solved.plan.chosen),
        "cost": exact_sum(costs),
        "binding": [
            {
                "rule": f"{price.rule}:{price.side}",
                "price": round(price.points, 6),
                "is_estimate": True,
                "message_id": says.id,
                "message_en": says.en,
            }
            for price in solved.prices
            for says in [price_says(solved.case, price.rule, price.side, price.points)]
        ],
    }


def _conflict(outcome: Infeasible) -> list[Json]:
    return [
        {
            "rule": rule.rule,
            "short": rule.short,
            "message_id": rule.message.id,
            "message_en": rule.message.en,
        }
        for rule in outcome.conflict
    ]


def _message(outcome: Outcome) -> Message:
    match outcome:
        case Solved():
            return _solved_sentence(outcome)
        case Infeasible():
            return Message(
                "Tidak ada pilihan yang memenuhi semua aturan; aturan dalam daftar ini tidak dapat "
                "berlaku bersama. Longgarkan salah satunya.",
                "No selection fulfils all rules; those listed here cannot hold together. "
                "Relax one of them.",
            )
        case Unknown():
            return Message(
                "Dalam waktu yang diberikan tidak ditemukan pilihan yang sah dan tidak terbukti "
                "bahwa tidak ada; beri waktu lebih lama.",
                "In the time given neither a lawful selection was found nor proof that there is "
                "none; give it more time.",
            )


def _solved_sentence(solved: Solved) -> Message:
    chosen, all_of = len(solved.plan.chosen), len(solved.case.applications)
    points = solved.value / MICRO
    return Message(
        f"{grouped(chosen)} dari {grouped(all_of)} pendaftar terpilih, "
        f"jumlah skor {decimal(points, 2)}.",
        f"{grouped(chosen, 'en')} of {grouped(all_of, 'en')} applicants are chosen, "
        f"total score {decimal(points, 2, 'en')}.",
    )
