"""What sampling's tables say of each other, for `pulih check`."""

from collections import defaultdict
from collections.abc import Iterator

from pulih.common.errors import Message

from .models import SampleCheck, SampleUnit, Visit
from .rules import sample as rules


def differences() -> Iterator[str]:
    """Hold each frozen list against its digest, and repeat each draw by its seed."""
    for sample in SampleCheck.objects.order_by("pk"):
        units = list(SampleUnit.objects.filter(sample=sample).select_related("measure"))
        units.sort(key=lambda one: one.number)
        if rules.digest(one.public for one in units) != sample.digest:
            yield f"sampling check {sample.pk}: its list is not the one whose digest was published"
        drawn = set(sample.drawn.values_list("unit__number", flat=True))
        if drawn != _drawn_anew(sample, units):
            yield f"sampling check {sample.pk}: drawn is not what its seed picks"


def _drawn_anew(sample: SampleCheck, units: list[SampleUnit]) -> set[int]:
    if not sample.seed:
        return set()
    strata: dict[str, list[int]] = defaultdict(list)
    for one in units:
        strata[one.stratum].append(one.number)
    return set(rules.draw(sample.seed, sample.digest, strata, sample.sizes))


def verified() -> dict[Message, int]:
    """Return how many of each thing were held against each other."""
    return {
        Message("uji petik", "sampling checks"): SampleCheck.objects.count(),
        Message("kunjungan", "visits"): Visit.objects.count(),
    }
