"""The weights of linkage, corrected by what people answered about doubtful pairs."""

import hashlib

import polars as pl
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.audit.actions import record_run
from pulih.common.errors import Refusal
from pulih.linkage.learn import learn as learn_from
from pulih.linkage.weights import shipped
from pulih.linkage.weights_file import write_weights
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system
from pulih.registry import comparing, prepared, records
from pulih.registry.models import Review, ReviewState

ENOUGH = 200
SETTLED = (ReviewState.SAME, ReviewState.DIFFERENT)


def answered() -> int:
    """Return how many pairs of the whole country people have settled."""
    with speaking_as_system():
        return Review.objects.filter(state__in=SETTLED).count()


@transaction.atomic
def learn(*, by: User) -> int:
    """Correct the weights by the settled pairs, for later runs; return their number. May refuse."""
    require(by, Permission.RELINK, None)
    begun = timezone.now()
    with speaking_as_system():
        settled = Review.objects.filter(state__in=SETTLED).order_by("id")
        rows = list(settled.values_list("first_id", "second_id", "state", "terms"))
        if len(rows) < ENOUGH:
            raise Refusal(
                _("%(n)s pairs must be answered before anything can be learned; so far %(k)s are.")
                % {"n": ENOUGH, "k": len(rows)}
            )
        labelled = _labelled(rows)
        known = records.read("id IN (SELECT first_id FROM registry_review UNION"
                             " SELECT second_id FROM registry_review)")  # fmt: skip
    weights = learn_from(labelled, known, comparing.learned() or prepared.trained() or shipped())
    path = prepared.weights_path()
    write_weights(weights, path)
    path.chmod(0o600)
    sha256 = hashlib.sha256(labelled.write_csv().encode()).hexdigest()
    record_run(
        "registry.learn", by=by, input_sha256=sha256, started_at=begun, counts={"pairs": len(rows)}
    )
    return len(rows)


def _labelled(rows: list[tuple[int, int, str, list[dict[str, str]]]]) -> pl.DataFrame:
    """Return the pairs as linkage learns from them: what each comparison saw, and the answer."""
    return pl.DataFrame(
        {
            "record_a": [str(first) for first, _, _, _ in rows],
            "record_b": [str(second) for _, second, _, _ in rows],
            "is_same": [state == ReviewState.SAME for _, _, state, _ in rows],
            "levels": [_levels(terms) for _, _, _, terms in rows],
        }
    )


def _levels(terms: list[dict[str, str]]) -> str:
    return "; ".join(f"{term['comparison']}={term['level']}" for term in terms)
