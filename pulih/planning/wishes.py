"""What offices propose in a year, by regency and measure, for the scenarios of that year."""

from collections import Counter, defaultdict
from collections.abc import Collection

from pulih.people.models import User
from pulih.proposals import promised
from pulih.proposals.models import Place, Proposal

from .rules.wishes import Wish

OPEN = ("submitted", "returned", "verified", "under_review", "scored")
APPROVED = ("approved", "partly_approved", "reserved", "scheduled", "running", "accounted")


def wishes(fiscal_year: int, measures: Collection[str], by: User) -> list[Wish]:
    """Return the wishes of the year's proposals that were sent and neither rejected nor withdrawn.

    Of what is approved, each place has the participants that are approved for it.
    """
    proposals = Proposal.objects.visible_to(by).filter(
        round__fiscal_year=fiscal_year, measure__code__in=measures, state__in=(*OPEN, *APPROVED)
    )
    granted = promised.approved_people(proposals.filter(state__in=APPROVED))
    places = Place.objects.filter(proposal__in=proposals).order_by("proposal__number", "position")
    asked, approved = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
    numbers: dict[tuple[int, str], dict[str, None]] = defaultdict(dict)
    batches: dict[str, int] = {}
    for one in places.select_related("proposal__measure"):
        proposal = one.proposal
        key = (one.regency_id, proposal.measure.code)
        batches[proposal.measure.code] = proposal.measure.batch
        numbers[key][proposal.number] = None
        people = one.people
        if proposal.state in APPROVED:
            people = granted[proposal.pk].get(one.position, 0)
            approved[key] += people
        asked[key] += people
    return [
        Wish(regency, measure, batches[measure], asked[regency, measure],
             approved[regency, measure], tuple(numbers[regency, measure]))
        for regency, measure in sorted(asked)
    ]  # fmt: skip
