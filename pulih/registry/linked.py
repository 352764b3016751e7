"""What linking made of a delivered file, and how the last runs went, for their pages."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from pulih.inbox.models import ImportBatch
from pulih.people.models import User

from . import merge_history, review_queue
from .models import Enterprise, EnterpriseSource, LinkRun, LinkState, Merge, Review
from .waterfall import probability

EXAMPLES = 5
LOOKED_AT = 200  # Rows of a file among which examples of new firms are looked for.
LAST = 20
UNFINISHED = (LinkState.WAITING, LinkState.RUNNING)


@dataclass(frozen=True)
class Finding:
    """Something odd that the run met, in the page's language."""

    sentence: str
    number: int | None


@dataclass(frozen=True)
class ReviewShown:
    review: Review
    probability: float


@dataclass(frozen=True)
class MergeShown:
    """A merge with the names that the rows of its two firms give. first: the one that was kept."""

    merge: Merge
    first: str
    second: str


@dataclass(frozen=True)
class Linked:
    """One file's linking. merges, reviews, new: examples, EXAMPLES at most of each.

    known: firms that the register knew by a number as the file was stored; not linked.
    """

    run: LinkRun
    is_running: bool
    time: timedelta | None
    merges: list[MergeShown]
    reviews: list[ReviewShown]
    new: list[Enterprise]
    findings: list[Finding]
    open_reviews: int
    taken_back: int
    known: int


def of_batch(batch: ImportBatch, by: User, language: str) -> Linked | None:
    """Return what linking made of a file; None while nobody asked for it."""
    runs = LinkRun.objects.visible_to(by).filter(batch=batch)
    run: LinkRun | None = runs.first()
    if run is None:
        return None
    merges = Merge.objects.under(by).filter(_of_batch(batch), run__isnull=False)
    reviews = Review.objects.visible_to(by).filter(review_queue.of_batch(batch.pk))
    waiting = reviews.open().likeliest_first().select_related("first", "second")
    in_force = merges.in_force().order_by("weight", "id")
    return Linked(
        run,
        run.state in UNFINISHED,
        taken(run),
        _shown(list(in_force[:EXAMPLES]), by),
        [ReviewShown(one, probability(one.weight)) for one in waiting[:EXAMPLES]],
        _new(batch, by),
        findings(run, language),
        waiting.count(),
        merges.exclude(undone_at=None).count(),
        int(batch.effects.get("enterprises_known", 0)),
    )


def last_runs(by: User) -> list[LinkRun]:
    """Return the last runs, the newest first."""
    runs = LinkRun.objects.visible_to(by).select_related("batch__office", "by")
    return list(runs.order_by("-id")[:LAST])


def taken(run: LinkRun) -> timedelta | None:
    """Return how long a run took; None while it is not over."""
    if run.started_at is None or run.finished_at is None:
        return None
    return run.finished_at - run.started_at


def findings(run: LinkRun, language: str) -> list[Finding]:
    """Return what a run found odd, in `language`."""
    key = "says_en" if language.startswith("en") else "says_id"
    return [Finding(str(one.get(key, "")), one.get("number")) for one in run.findings]


def _of_batch(batch: ImportBatch) -> Q:
    """Return what keeps the merges of firms that a file names, whichever run made them."""
    named = EnterpriseSource.objects.filter(source_record__batch=batch).values("enterprise_id")
    return Q(kept__in=named) | Q(merged__in=named)


def _shown(merges: list[Merge], by: User) -> list[MergeShown]:
    keys = [key for one in merges for key in (one.kept_id, one.merged_id)]
    seen, own = merge_history.named(keys, by), _own_names(keys, by)
    names = {key: own.get(key) or seen[key].name or f"IKM {key}" for key in keys}
    return [MergeShown(one, names[one.kept_id], names[one.merged_id]) for one in merges]


def _own_names(keys: list[int], by: User) -> dict[int, str]:
    """Return what the last own row calls each firm: merged, it may bear the other's name."""
    rows = EnterpriseSource.objects.visible_to(by).filter(enterprise__in=keys)
    said = rows.order_by("source_record_id").values_list(
        "enterprise_id",
        "source_record__values__business_name",
        "source_record__values__owner_name",
    )
    return {key: name or owner for key, name, owner in said if name or owner}


def _new(batch: ImportBatch, by: User) -> list[Enterprise]:
    """Return some firms that no earlier list named, joined with none and asked about with none."""
    named = batch.records.order_by("id").values_list("enterprise_source__enterprise_id", flat=True)
    keys = [key for key in named[:LOOKED_AT] if key]
    rows = Enterprise.objects.visible_to(by).listed().filter(pk__in=keys, first_seen=batch.as_of)
    rows = rows.exclude(merged__isnull=False).exclude(sources__source_record__batch__lt=batch.pk)
    rows = rows.exclude(Exists(Review.objects.filter(_either(OuterRef("pk")))))
    return list(rows.select_related("regency", "province").order_by("id").distinct()[:EXAMPLES])


def _either(enterprise: OuterRef) -> Q:
    return Q(first=enterprise) | Q(second=enterprise)
