"""Freezing the list of a sampling check, drawing it, and giving links to those who visit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.documents.actions import issue
from pulih.people.links import actions as links
from pulih.people.links.models import MOST_SUBJECTS, Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from ..models import DrawnUnit, SampleCheck, SampleUnit
from ..papers import REPORT
from ..populations import population
from ..purposes import VISIT
from ..rules import sample as rules
from ..words import country

LINK_DAYS = 30
BATCH = 2_000


@transaction.atomic
def freeze(
    *, title: str, kind: str, province: Area | None, first_day: date, last_day: date,
    wanted: rules.Wanted, by: User, now: datetime, today: date,
) -> SampleCheck:  # fmt: skip
    """Keep the list of all that could be visited, and its digest; nothing is drawn yet. May refuse.

    What is recorded later belongs to another check.
    """
    require(by, Permission.CHECK_SAMPLES, province)
    if last_day < first_day:
        raise Refusal(
            _("The last day, %(last)s, lies before the first, %(first)s. Correct one of them.")
            % {"first": numbers.day(first_day), "last": numbers.day(last_day)}
        )
    if last_day > today:
        raise Refusal(
            _("The list would run to %(day)s, which lies ahead. Let it end today or before.")
            % {"day": numbers.day(last_day)}
        )
    units = list(population(kind, province, first_day, last_day))
    if not units:
        raise Refusal(
            _("Nothing of this kind was recorded from %(first)s to %(last)s. Choose other days.")
            % {"first": numbers.day(first_day), "last": numbers.day(last_day)}
        )
    strata = Counter(one.stratum for one in units)
    made = SampleCheck.objects.create(
        title=title, kind=kind, province=province, first_day=first_day, last_day=last_day,
        error=wanted.error, confidence=wanted.confidence, share=wanted.share,
        population=len(units), sizes=rules.allocate(rules.size(len(units), wanted), strata),
        digest=rules.digest(one.public for one in units), frozen_at=now, frozen_by=by,
    )  # fmt: skip
    for one in units:
        one.sample = made
    SampleUnit.objects.bulk_create(units, batch_size=BATCH)
    record(by, "sampling.freeze", made, population=made.population, digest=made.digest)
    return made


@transaction.atomic
def draw(
    given: SampleCheck, *, seed: str, witness: str, other_witness: str, by: User, now: datetime,
) -> SampleCheck:  # fmt: skip
    """Pick whom to visit by a seed that was drawn before two witnesses. May refuse."""
    require(by, Permission.CHECK_SAMPLES, given.province)
    sample: SampleCheck = SampleCheck.objects.select_for_update(of=("self",)).get(pk=given.pk)
    if sample.drawn_at:
        raise Refusal(
            _("The seed was drawn on %(day)s, and a draw is not repeated. Freeze a new list.")
            % {"day": numbers.day(timezone.localdate(sample.drawn_at))}
        )
    if witness.strip().lower() == other_witness.strip().lower():
        raise Refusal(_("Two witnesses are two persons. Name another one."))
    units = list(sample.units.select_related("measure").order_by("number"))
    strata: dict[str, list[int]] = defaultdict(list)
    for one in units:
        strata[one.stratum].append(one.number)
    chosen = set(rules.draw(seed, sample.digest, strata, sample.sizes))
    DrawnUnit.objects.bulk_create(
        [
            DrawnUnit(unit=one, sample=sample, province_id=one.province_id)
            for one in units if one.number in chosen
        ]
    )  # fmt: skip
    sample.seed, sample.witness, sample.other_witness = seed, witness, other_witness
    # A scenario plays within one moment; the seed still comes after the list.
    sample.drawn_at = max(now, sample.frozen_at + timedelta(seconds=1))
    sample.drawn_by = by
    sample.save(update_fields=["seed", "witness", "other_witness", "drawn_at", "drawn_by"])
    issue(
        REPORT, sample.pk, office=str(sample.province or country()), number=sample.title,
        dated=timezone.localdate(now), province=sample.province, person=by.name,
    )  # fmt: skip
    record(by, "sampling.draw", sample, seed=seed, drawn=len(chosen))
    return sample


@transaction.atomic
def give_link(
    sample: SampleCheck, *, holder: str, regencies: Collection[int], by: User, now: datetime
) -> tuple[Link, str]:
    """Give a visitor a link to what is not visited yet; return it with its address. May refuse.

    regencies: keys of those that the visitor goes to; none for all.
    """
    require(by, Permission.CHECK_SAMPLES, sample.province)
    units = SampleUnit.objects.filter(sample=sample, drawn__isnull=False, visits=None)
    if regencies:
        units = units.filter(regency__in=regencies)
    keys = list(units.order_by("number").values_list("pk", flat=True))
    if not keys:
        raise Refusal(_("Nothing is left to visit there. Choose another place."))
    if len(keys) > MOST_SUBJECTS:
        raise Refusal(
            _("%(n)s places are too many for one visitor; a link opens %(most)s. Choose a regency.")
            % {"n": numbers.whole(len(keys)), "most": numbers.whole(MOST_SUBJECTS)}
        )
    return links.give(
        VISIT, holder=holder, subjects=keys, area=sample.province, valid_from=now,
        valid_to=now + timedelta(LINK_DAYS), by=by, now=now,
    )  # fmt: skip
