"""Each page of each room's papers is known again when it comes back as a scan."""

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.delivery.actions import activities
from pulih.delivery.actions.sheets import prepare
from pulih.delivery.documents import bast, nominative, sheets
from pulih.delivery.papers import HANDOVER, PAYMENT_LIST
from pulih.delivery.reads.sheets import sheet_or_404
from pulih.documents.kinds import page_of
from pulih.documents.lookups import in_force
from pulih.proposals.documents.answer import answer_letter
from pulih.proposals.documents.cost_plan import cost_plan_paper
from pulih.proposals.documents.scoring import scoring_minutes
from pulih.proposals.documents.terms import terms_paper
from pulih.proposals.documents.verification import verification_sheet
from pulih.proposals.models import ProposalDecision
from pulih.proposals.papers import ANSWER, COST_PLAN, SCORING, TERMS, VERIFICATION
from pulih.proposals.presenters import shown_plan
from pulih.scans.rules import square_codes
from tests.examples import examples
from tests.make import delivery as make_delivery
from tests.make import proposals as make_proposals
from tests.make import scans as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def handover():
    sent = make_delivery.handover(make_delivery.stocked(make_delivery.activity()))
    return HANDOVER, sent.pk, bast.pdf(sent)


def payment_list():
    made = make_delivery.payment_list(make_delivery.payable(2))
    return PAYMENT_LIST, made.pk, nominative.pdf(made)


def sheet(key, subject):
    by = cast.provincial_officer()
    prepare(sheet_or_404(by, key, subject), by=by, today=make_delivery.LAST)
    prepared = sheet_or_404(by, key, subject)
    return prepared.kind, subject, sheets.pdf(prepared)


def long_class():
    """Seat so many that the sheet has a second page."""
    cohort = make_delivery.cohort(places=60)
    make_delivery.seated(cohort, 60)
    return cohort


def decree():
    cohort = long_class()
    of = {"decree_number": "SK-7/2020", "decree_on": make_delivery.FIRST}
    by = cast.provincial_officer()
    activities.save_activity(cohort.activity, by=by, **of)
    return sheet("decree", cohort.activity_id)


def attendance():
    cohort = make_delivery.cohort()
    make_delivery.seated(cohort, 5)
    kind, subject, pdf = sheet("attendance", make_delivery.session(cohort).pk)
    return kind, subject, pdf


def receipts():
    return sheet("receipts", long_class().pk)


def terms():
    sent = make_proposals.sent(make_proposals.complete())
    return TERMS, sent.pk, terms_paper(sent, shown_plan(sent, "id"))


def cost_plan():
    sent = make_proposals.sent(make_proposals.complete())
    return COST_PLAN, sent.pk, cost_plan_paper(sent, shown_plan(sent, "id"))


def answer():
    decided = make_proposals.decided(make_proposals.complete())
    letter = answer_letter(ProposalDecision.objects.get(proposal=decided))
    return ANSWER, decided.pk, letter


def verification():
    verified = make_proposals.verified(make_proposals.complete())
    return VERIFICATION, verified.pk, verification_sheet(verified.verifications.get())


def scoring():
    scored = make_proposals.scored(make_proposals.complete())
    scores = list(scored.scores.order_by("slot"))
    return SCORING, scored.pk, scoring_minutes(scored, scored.versions.get(), scores)


PAPERS = [
    *(handover, payment_list, decree, attendance, receipts),
    *(terms, cost_plan, answer, verification, scoring),
]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_page_of_a_paper_finds_its_record(paper):
    kind, subject, pdf = paper()
    code = in_force(kind, subject)
    with pypdfium2.PdfDocument(pdf) as document:
        sheets = [page.render(scale=150 / 72).to_pil() for page in document]
    for sheet in sheets:
        assert code.written in square_codes.find(sheet).texts
    assert page_of(code)


# Its first page bears the small mark alone, which wants 150 dpi and a better focus than the seal.
FAIR = st.builds(
    make.Spoiled,
    turned=st.builds(sum, st.tuples(st.sampled_from([0, 90, 180, 270]), st.integers(-12, 12))),
    scaled=st.floats(0.75, 1.5),
    blur=st.floats(0, 1),
    contrast=st.floats(0.4, 1.2),
    brightness=st.floats(0.6, 1.1),
)


@settings(
    max_examples=examples(15),
    suppress_health_check=[
        *settings.default.suppress_health_check, HealthCheck.function_scoped_fixture
    ],
)  # fmt: skip
@given(how=FAIR)
def test_terms_of_reference_are_read_however_they_were_scanned(how, scanned_terms):
    code, sheet = scanned_terms
    assert code in square_codes.find(make.spoil(sheet, how)).texts


@pytest.fixture
def scanned_terms():
    kind, subject, pdf = terms()
    return in_force(kind, subject).written, make.photo(pdf, 200)
