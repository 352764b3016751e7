"""Adopting a plan takes two persons: one proposes with its numbers, another decides."""

from collections.abc import Collection, Mapping

from django.conf import settings
from django.urls import reverse

from pulih.budget.reads.promises import broken_by
from pulih.common.errors import Message, Refusal
from pulih.common.money import decimal, grouped, rupiah
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.workflow.decisions import Consequence, DecisionKind
from pulih.workflow.models import Decision
from pulih.workflow.post_kinds import PostKind
from pulih.workflow.registry import Described

from .actions import adopt
from .actions.adopting import ADOPTION
from .composition import broken_rules, refuse_unexplained
from .models import Scenario, Solution, State
from .shown.sheets import odd_accounts


def consequences(scenario_id: int, by: User) -> list[Consequence]:
    """Say what adopting would do. May refuse: nothing solved, a gap above the setting, or a rule
    of composition that is broken without a written reason.
    """
    scenario = Scenario.objects.visible_to(by).get(pk=scenario_id)
    if scenario.state != State.SOLVED:
        raise Refusal(
            Message(
                "Hanya skenario yang sudah dihitung dan belum ditetapkan yang dapat ditetapkan.",
                "Only a solved scenario that is not adopted yet can be adopted.",
            )
        )
    solution = scenario.solution
    _refuse_wide_gap(solution)
    refuse_unexplained(scenario, by)
    changed = solution.line_rows.changed()
    broken = broken_by(dict(changed.exclude(line=None).values_list("line_id", "after")))
    units = changed.exclude(unit=None).values("unit").distinct().count()
    return [
        _number(Message("Satker yang mendapat draf revisi", "Units that get a draft"), units),
        _number(Message("Baris yang berubah", "Lines changed"), solution.changed),
        _number(Message("Baris baru", "New lines"), solution.new_lines),
        _money(Message("Uang sebelum rencana", "Money before the plan"), solution.before),
        _money(Message("Uang setelah rencana", "Money after the plan"), solution.after),
        _money(Message("Yang bergeser antarprovinsi", "Gained by provinces"), solution.moved),
        _number(Message("Janji yang dilanggar", "Promises broken"), len(broken)),
        _money(
            Message("Uang janji yang dilanggar", "Money of promises broken"),
            sum(one.rupiah for one in broken),
        ),
        _number(
            Message("Akun yang perlu dilihat", "Accounts that look odd"),
            odd_accounts(scenario, by),
        ),
        _number(
            Message("Aturan susunan yang dilanggar", "Rules of composition broken"),
            len(broken_rules(scenario, by)),
        ),
        _share(Message("Celah yang belum terbukti", "Gap not proven"), solution.largest_gap),
    ]


def _refuse_wide_gap(solution: Solution) -> None:
    gap, most = solution.largest_gap, settings.LARGEST_GAP_PERCENT
    if gap * 100 > most:
        raise Refusal(
            Message(
                f"Celah rencana ini {_percent(gap, 'id')}, sedangkan yang boleh ditetapkan paling "
                f"besar {most}%. Buktikan rencana ini lebih jauh. Belum ada yang disimpan.",
                f"This plan's gap is {_percent(gap, 'en')}; at most {most}% may be adopted. Prove "
                "this plan further. Nothing was saved.",
            )
        )


def apply(decision: Decision, by: User) -> None:
    adopt(Scenario.objects.get(pk=decision.subject_id), by=by)


def describe(person: User, ids: Collection[int]) -> Mapping[int, Described]:
    return {
        one.pk: Described(str(one), reverse("planning:scenario", args=[one.pk]))
        for one in Scenario.objects.visible_to(person).filter(pk__in=ids)
    }


def _number(label: Message, number: int) -> Consequence:
    return Consequence(label, Message(grouped(number, "id"), grouped(number, "en")))


def _money(label: Message, amount: int) -> Consequence:
    return Consequence(label, Message(rupiah(amount, "id"), rupiah(amount, "en")))


def _share(label: Message, share: float) -> Consequence:
    return Consequence(label, Message(_percent(share, "id"), _percent(share, "en")))


def _percent(share: float, language: str) -> str:
    return f"{decimal(share * 100, 2, language)}%"


ADOPTING = DecisionKind(
    ADOPTION,
    Message("menetapkan rencana", "adopting the plan"),
    Permission.ADOPT_PLAN,
    Permission.ADOPT_PLAN,
    PostKind("adopter", Message("penetap rencana", "adopter of plans"), Permission.ADOPT_PLAN),
    consequences,
    apply,
    describe,
)
