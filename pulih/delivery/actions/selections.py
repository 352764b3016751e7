"""Choosing participants: publish the criteria, freeze the list, draw the seed, solve, decree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.impact.models import ImpactReport
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.selection import (
    Case,
    Infeasible,
    Solved,
    breaches,
    case_from_tables,
    decisions_of,
    digest,
    explanation,
    solve,
)
from pulih.selection.case import MICRO
from pulih.web import numbers

from ..clock import day_in
from ..models import (
    Activity,
    Applicant,
    Participant,
    Selection,
    SelectionDecision,
    SelectionEntry,
    Stage,
)
from ..reads.checks import checked, last_run
from ..reads.facts import people_of
from ..reads.places import free_places
from ..rules import criteria as rules
from ..rules.binding import result_days_on
from ..rules.criteria import Criteria
from ..words import LEAST
from .activities import place_of

BATCH = 1_000
SECONDS = 20.0  # A page waits for the plan; what takes longer is refused with what to do.


@transaction.atomic
def publish(activity: Activity, *, by: User, now: datetime, **given: Any) -> Selection:
    """Publish a version of the criteria, before the list is frozen and the seed is drawn."""
    _require(activity, by)
    last = Selection.objects.filter(activity=activity).aggregate(last=Max("version"))["last"] or 0
    made = Selection.objects.create(
        activity=activity, version=last + 1, criteria=Criteria(**given).as_json(),
        published_at=now, published_by=by,
    )  # fmt: skip
    record(by, "delivery.publish_criteria", made, version=made.version)
    return made


@transaction.atomic
def freeze(selection: Selection, *, by: User, now: datetime) -> Selection:
    """Freeze the list of all who pass every check, and state its digest. May refuse.

    Whoever has a place in a class already is not chosen once more.
    """
    found = _locked(selection, by)
    if found.frozen_at:
        raise Refusal(_("This list is frozen already. Publish criteria anew to begin again."))
    activity = found.activity
    _refuse_old_checks(activity, day_in(activity.province_id, now))
    sitting = Participant.objects.seated().filter(activity=activity).values("person")
    waiting = people_of(activity, Stage.SELECTION).exclude(person__in=sitting)
    passing = [one.applicant for one in checked(activity, Stage.SELECTION, waiting) if one.may_pass]
    if not passing:
        raise Refusal(
            _("Nobody passes every check yet. Check the applicants and decide what is not known.")
        )
    found.places = free_places(activity)
    if not any(found.places.values()):
        raise Refusal(_("No class of this activity has a free place. Add a class first."))
    SelectionEntry.objects.bulk_create(_entries(found, passing), batch_size=BATCH)
    case = _case(found, "to be drawn")
    _refuse_a_clash(case)
    found.digest = digest(case.applications)
    found.frozen_at, found.frozen_by = now, by
    found.save(update_fields=["places", "digest", "frozen_at", "frozen_by"])
    record(by, "delivery.freeze", found, entries=len(passing), digest=found.digest)
    return found


@transaction.atomic
def draw(
    selection: Selection, *, seed: str, witness: str, other_witness: str, by: User, now: datetime
) -> Selection:
    """Write down the seed that was drawn before two witnesses. May refuse."""
    found = _locked(selection, by)
    if not found.frozen_at:
        raise Refusal(_("Freeze the list and publish its digest before the seed is drawn."))
    if found.drawn_at:
        raise Refusal(_("The seed was drawn already; it is drawn once."))
    if " ".join(witness.casefold().split()) == " ".join(other_witness.casefold().split()):
        raise Refusal(_("Two witnesses are two people. Write down the second one."))
    found.seed, found.witness, found.other_witness = seed, witness, other_witness
    found.drawn_at, found.drawn_by = now, by
    found.save(update_fields=["seed", "witness", "other_witness", "drawn_at", "drawn_by"])
    record(by, "delivery.draw", found, seed=seed)
    return found


@transaction.atomic
def choose(selection: Selection, *, by: User, now: datetime) -> Selection:
    """Solve the frozen case and keep every decision. May refuse, naming rules that clash."""
    found = _locked(selection, by)
    if not found.drawn_at:
        raise Refusal(_("Draw the seed before two witnesses first."))
    if found.solved_at:
        raise Refusal(_("This selection is solved already. Load the page again."))
    case = _case(found, found.seed)
    if digest(case.applications) != found.digest:
        raise Refusal(_("The list is not the one whose digest was published. Begin again."))
    outcome = solve(case, time_limit=SECONDS)
    if not isinstance(outcome, Solved):
        raise Refusal(_why_not(outcome))
    # The checker trusts no solver: what it does not pass is never stored.
    assert not breaches(case, outcome.plan)
    _keep(found, outcome)
    found.explanation, found.solved_at = explanation(outcome), now
    found.save(update_fields=["explanation", "solved_at"])
    record(by, "delivery.choose", found, chosen=len(outcome.plan.chosen))
    return found


def case_of(selection: Selection) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return settings and tables of a selection, as anybody may repeat it with `pulih select`."""
    criteria = Criteria(**selection.criteria)
    activity = selection.activity
    entries = [
        {
            "application": one.code,
            "score": one.score,
            "regency": one.regency_id,
            "sex": one.sex,
            "disability": int(one.has_disability),
            "laid_off": int(one.is_laid_off),
            "household": one.household,
        }
        for one in selection.entries.order_by("code")
    ]
    year = activity.starts_on.year
    settings = rules.settings(activity.title, year, selection.seed or "-", criteria)
    return settings, rules.tables(entries, selection.places, criteria)


def _require(activity: Activity, by: User) -> None:
    require(by, Permission.RUN_ACTIVITIES, place_of(activity))
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)


def _locked(selection: Selection, by: User) -> Selection:
    _require(selection.activity, by)
    found: Selection = Selection.objects.select_related("activity").get(pk=selection.pk)
    return found


def _refuse_old_checks(activity: Activity, today: date) -> None:
    run = last_run(activity, Stage.SELECTION)
    if run and (today - run.day).days > result_days_on(today):
        raise Refusal(
            _("The applicants were checked on %(day)s. Check them again before the list is frozen.")
            % {"day": numbers.day(run.day)}
        )


def _case(selection: Selection, seed: str) -> Case:
    settings, tables = case_of(selection)
    case = case_from_tables({**settings, "seed": seed}, tables)
    assert isinstance(case, Case), case
    return case


def _entries(selection: Selection, applicants: Sequence[Applicant]) -> list[SelectionEntry]:
    criteria, severities = Criteria(**selection.criteria), _severities(applicants)
    households = _numbered(applicants)
    return [
        SelectionEntry(
            selection=selection, applicant=one, province_id=one.province_id,
            regency_id=one.regency_id, code=one.code,
            score=rules.score(
                rules.Scored(
                    severities.get(one.pk) or Decimal(0), one.person.is_laid_off,
                    one.person.has_disability, one.points,
                ),
                criteria,
            ),
            sex=one.person.sex, has_disability=one.person.has_disability,
            is_laid_off=one.person.is_laid_off, household=households[one.household],
        )
        for one in applicants
    ]  # fmt: skip


def _numbered(applicants: Sequence[Applicant]) -> dict[str, str]:
    """Number the households: the frozen list stays for good, and a household's word may be a name.

    In the order of the applications, so that the same applicants give the same list.
    """
    words = dict.fromkeys(one.household for one in sorted(applicants, key=lambda one: one.pk))
    words.pop("", None)
    return {"": "", **{word: f"K{at}" for at, word in enumerate(words, 1)}}


def _severities(applicants: Sequence[Applicant]) -> dict[int, Decimal | None]:
    """Return the severity of each applicant's firm, by its newest report."""
    newest = ImpactReport.objects.newest().filter(enterprise=OuterRef("person__enterprise"))
    rows = Applicant.objects.filter(pk__in=[one.pk for one in applicants])
    found = rows.annotate(severity=Subquery(newest.values("severity")[:1]))
    return dict(found.values_list("pk", "severity"))


def _keep(selection: Selection, outcome: Solved) -> None:
    entries = {one.code: one for one in selection.entries.all()}
    SelectionDecision.objects.bulk_create(
        [
            SelectionDecision(
                entry=entries[one.application],
                province_id=entries[one.application].province_id,
                regency_id=entries[one.application].regency_id,
                is_chosen=one.is_chosen, group=one.group, place=one.place,
                line=None if one.line is None else Decimal(one.line) / MICRO,
                reason=one.reason, by=list(one.by),
            )
            for one in decisions_of(outcome.case, outcome.plan)
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _refuse_a_clash(case: Case) -> None:
    """Refuse rules that no draw can fulfil, before a seed is drawn before witnesses in vain."""
    outcome = solve(case, time_limit=SECONDS)
    if isinstance(outcome, Infeasible):
        raise Refusal(_why_not(outcome))


def _why_not(outcome: Any) -> str:
    """Say which rules cannot hold together, and by how many."""
    if not isinstance(outcome, Infeasible):
        return _("No plan was found in time. Ask for fewer rules, or split the activity.")
    short = max(rule.short for rule in outcome.conflict)
    return ngettext(
        "These rules cannot hold together: %(rules)s. It is %(n)s person short. Publish other "
        "criteria.",
        "These rules cannot hold together: %(rules)s. It is %(n)s people short. Publish other "
        "criteria.",
        short,
    ) % {
        "rules": "; ".join(_in_words(outcome.case, rule.rule) for rule in outcome.conflict),
        "n": numbers.counted(short),
    }


def _in_words(case: Case, name: str) -> str:
    """Say a rule of `rules.criteria.tables` as the form of the criteria does."""
    kind, _colon, rest = name.partition(":")
    if kind != "quota":
        return _("One person a household")
    code = rest.rpartition(":")[0]
    if code in LEAST:
        least = case.rule[f"quota:{code}"].least
        return f"{LEAST[code]} {least}"
    regency = Area.objects.get(pk=code.removeprefix(rules.PLACES))
    places = int(case.rule[f"quota:{code}"].most or 0)
    return ngettext(
        "%(regency)s has %(n)s free place", "%(regency)s has %(n)s free places", places
    ) % {"regency": regency, "n": places}
