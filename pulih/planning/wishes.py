"""What offices propose in a year, by regency and measure, for the scenarios of that year."""

from collections import Counter, defaultdict
from collections.abc import Collection

from pulih.people.models import User
from pulih.proposals.models import Place, Proposal, ProposalDecision

from .rules.wishes import Wish

OPEN = ("submitted", "returned", "verified", "under_review", "scored")
APPROVED = ("approved", "partly_approved", "reserved", "scheduled", "running", "accounted")


def wishes(fiscal_year: int, measures: Collection[str], by: User) -> list[Wish]:
    """Return the wishes of the year's proposals that were sent and neither rejected nor withdrawn.

    Where fewer participants were approved than asked for, each place has its share of them.
    """
    proposals = Proposal.objects.visible_to(by).filter(
        round__fiscal_year=fiscal_year, measure__code__in=measures, state__in=(*OPEN, *APPROVED)
    )
    decided = ProposalDecision.objects.filter(proposal__in=proposals)
    shares = {
        proposal: (approved, asked)
        for proposal, approved, asked in decided.values_list(
            "proposal", "approved_people", "asked_people"
        )
    }
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
            granted, of = shares[proposal.pk]
            people = people * granted // of if of and granted < of else people
            approved[key] += people
        asked[key] += people
    return [
        Wish(regency, measure, batches[measure], asked[regency, measure],
             approved[regency, measure], tuple(numbers[regency, measure]))
        for regency, measure in sorted(asked)
    ]  # fmt: skip
